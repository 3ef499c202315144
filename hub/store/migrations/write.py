"""Write a revision from the difference between the tables and the revisions so far.

python -m hub.store.migrations.write "Add the colour of a queue"
"""

import sys

from alembic import command
from sqlalchemy import create_engine

from hub.store.migrations.upgrade import config, upgrade


def main(message: str) -> None:
    """Compare in an empty database in memory and write what is missing."""
    with create_engine("sqlite://").connect() as connection:
        upgrade(connection)
        command.revision(config(connection), message, autogenerate=True)


if __name__ == "__main__":
    main(sys.argv[1])
