"""The word index of customers: keyed hashes only, see hub/security/README.md for what it leaks."""

from sqlalchemy import BigInteger, Column, Integer
from sqlmodel import Field, SQLModel


class SearchOwner(SQLModel, table=True):
    """A Customer's short number in the index: 20 tokens each carry it instead of a long id."""

    __tablename__ = "search_owner"

    n: int = Field(
        sa_column=Column(
            BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True
        )
    )
    customer_id: str = Field(unique=True)


class SearchToken(SQLModel, table=True):
    """One hashed word of one Customer; the key is the whole row, so look-ups read nothing else."""

    __tablename__ = "search_token"
    __table_args__ = ({"sqlite_with_rowid": False},)

    token: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    owner: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
