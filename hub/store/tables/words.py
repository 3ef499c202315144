"""The word index of what was said: keyed hashes only, see hub/security/README.md."""

from sqlalchemy import BigInteger, Column, Integer
from sqlmodel import Field, SQLModel


class WordOwner(SQLModel, table=True):
    """A closed Contact's number in the index; who was closed later has a higher one."""

    __tablename__ = "word_owner"

    n: int = Field(
        sa_column=Column(
            BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True
        )
    )
    contact_id: str = Field(unique=True)


class WordToken(SQLModel, table=True):
    """One hashed word of one Contact; the key is the whole row, so look-ups read nothing else."""

    __tablename__ = "word_token"
    __table_args__ = ({"sqlite_with_rowid": False},)

    token: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    owner: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))


class WordIndex(SQLModel, table=True):
    """How far the index is: all that was closed before is in it, but for a minute."""

    __tablename__ = "word_index"

    name: str = Field(primary_key=True)
    closed_until_at: float
