"""Who works at the demo bank, and the password they all share (good on loopback only)."""

from dataclasses import dataclass

PASSWORD = "northmere-demo"
TEAM_ONE, TEAM_TWO = "harbour", "lake"


@dataclass(frozen=True, slots=True, kw_only=True)
class Employee:
    """One user of the hub."""

    login: str
    en: str
    zh: str
    team: str = ""
    roles: tuple[str, ...] = ("agent",)
    skills: tuple[tuple[str, int], ...] = ()
    queues: tuple[str, ...] = ()
    capacity_units: int = 6

    @property
    def id(self) -> str:
        """The user's identifier."""
        return f"usr_demo_{self.login}"

    def about(self) -> str:
        """Skills in short, for the sign-in table."""
        if self.roles != ("agent",):
            return ", ".join(self.roles)
        return " ".join(f"{skill}:{level}" for skill, level in self.skills)


AGENTS = (
    Employee(
        login="amara", en="Amara Osei", zh="欧雅晴", team=TEAM_ONE,
        skills=(("lang:en", 5), ("lang:zh", 4), ("cards", 5), ("premier", 3)),
        queues=("cards", "premier", "messages"),
    ),
    Employee(
        login="ben", en="Ben Duarte", zh="杜本", team=TEAM_ONE,
        skills=(("lang:en", 5), ("payments", 4), ("complaints", 2)),
        queues=("payments", "complaints", "messages"),
    ),
    Employee(
        login="liuxin", en="Liu Xin", zh="刘欣", team=TEAM_TWO,
        skills=(("lang:zh", 5), ("lang:en", 3), ("cards", 2), ("payments", 2)),
        queues=("messages", "cards", "payments"), capacity_units=8,
    ),
    Employee(
        login="mina", en="Mina Kato", zh="加藤美奈", team=TEAM_ONE,
        skills=(("lang:en", 4), ("lang:zh", 3), ("payments", 5)),
        queues=("payments", "messages"),
    ),
    Employee(
        login="tom", en="Tom Reyes", zh="雷涛", team=TEAM_TWO,
        skills=(("lang:en", 5), ("cards", 3), ("loans", 2)),
        queues=("cards", "loans", "messages"),
    ),
    Employee(
        login="huzhen", en="Hu Zhen", zh="胡臻", team=TEAM_ONE,
        skills=(("lang:zh", 5), ("lang:en", 4), ("premier", 5), ("cards", 3), ("loans", 3)),
        queues=("premier", "cards", "loans"), capacity_units=4,
    ),
    Employee(
        login="sara", en="Sara Noor", zh="努尔·萨拉", team=TEAM_TWO,
        skills=(("lang:en", 5), ("loans", 4), ("complaints", 4)),
        queues=("loans", "complaints", "messages"),
    ),
    Employee(
        login="wujia", en="Wu Jia", zh="吴佳", team=TEAM_TWO,
        skills=(
            ("lang:zh", 5), ("lang:en", 2), ("cards", 4), ("payments", 3), ("complaints", 3),
            ("loans", 2),
        ),
        queues=("cards", "payments", "complaints", "loans", "messages"),
    ),
)  # fmt: skip
SUPERVISORS = (
    Employee(
        login="rosa", en="Rosa Lind", zh="罗莎·林德", roles=("supervisor",), team=TEAM_ONE,
        skills=(("lang:en", 5), ("lang:zh", 2)),
    ),
    Employee(
        login="chenbo", en="Chen Bo", zh="陈博", roles=("supervisor",), team=TEAM_TWO,
        skills=(("lang:zh", 5), ("lang:en", 4)),
    ),
)  # fmt: skip
ADMINISTRATOR = Employee(login="ines", en="Ines Varga", zh="沃尔高", roles=("administrator",))
AUDITOR = Employee(login="piet", en="Piet Vos", zh="皮特·沃斯", roles=("auditor",))

EVERYBODY = (*AGENTS, *SUPERVISORS, ADMINISTRATOR, AUDITOR)
