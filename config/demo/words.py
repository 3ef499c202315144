"""Names, streets and shops of the invented bank, in two languages."""

FAMILY_ZH = (
    ("Wang", "王"), ("Li", "李"), ("Zhang", "张"), ("Liu", "刘"), ("Chen", "陈"), ("Yang", "杨"),
    ("Zhao", "赵"), ("Huang", "黄"), ("Zhou", "周"), ("Wu", "吴"), ("Xu", "徐"), ("Sun", "孙"),
    ("Hu", "胡"), ("Zhu", "朱"), ("Gao", "高"), ("Lin", "林"), ("He", "何"), ("Guo", "郭"),
    ("Ma", "马"), ("Luo", "罗"), ("Liang", "梁"), ("Song", "宋"), ("Zheng", "郑"), ("Xie", "谢"),
)  # fmt: skip
GIVEN_ZH = (
    ("Fang", "芳"), ("Min", "敏"), ("Jing", "静"), ("Wei", "伟"), ("Na", "娜"), ("Lei", "磊"),
    ("Yan", "燕"), ("Jun", "军"), ("Yang", "洋"), ("Yong", "勇"), ("Juan", "娟"), ("Jie", "杰"),
    ("Xin", "欣"), ("Yifan", "一帆"), ("Zihan", "子涵"), ("Yuxuan", "雨轩"), ("Haoran", "浩然"),
    ("Siqi", "思琪"), ("Jiayi", "佳怡"), ("Zixuan", "梓萱"), ("Mingze", "明泽"), ("Ruoxi", "若曦"),
    ("Chenxi", "晨曦"), ("Wenbo", "文博"), ("Shiyu", "诗雨"), ("Tianyu", "天宇"),
)  # fmt: skip
FAMILY_EN = (
    "Adams", "Baker", "Costa", "Dubois", "Evans", "Fischer", "Grant", "Hughes", "Ivanov", "Jansen",
    "Kowalski", "Larsen", "Moreau", "Nguyen", "Okoye", "Patel", "Quinn", "Rossi", "Silva", "Tanaka",
    "Usman", "Virtanen", "Walsh", "Young", "Mendes", "Haddad", "Novak", "Berg",
)  # fmt: skip
GIVEN_EN = (
    "Ada", "Bruno", "Clara", "Daniel", "Elena", "Farid", "Grace", "Hana", "Ivan", "Julia", "Karim",
    "Laura", "Marco", "Nadia", "Oscar", "Paula", "Rahul", "Sara", "Theo", "Uma", "Victor", "Wendy",
    "Yara", "Zoe", "Ines", "Jonas",
)  # fmt: skip
STREETS_EN = ("Lake Road", "Harbour Street", "Mill Lane", "Station Square", "Orchard Avenue")
STREETS_ZH = ("湖滨路", "海港街", "磨坊巷", "车站广场", "果园大道")
CITIES = (
    ("Shanghai", "上海市"),
    ("Hangzhou", "杭州市"),
    ("Suzhou", "苏州市"),
    ("Nanjing", "南京市"),
)

SHOPS = (
    ("Green Basket Market", 20, 320), ("Metro Card top-up", 20, 100), ("Lakeside Coffee", 18, 60),
    ("Northline Rail", 30, 480), ("Paper & Ink Books", 25, 260), ("City Water", 40, 160),
    ("Sunrise Pharmacy", 15, 220), ("Harbour Noodles", 20, 110), ("Blue Door Cinema", 40, 130),
    ("Orchard Fuel", 150, 420), ("Meadow Fitness", 120, 300), ("Kite Mobile", 30, 180),
)  # fmt: skip
"""Shop, usual least and most in the account's currency."""
STRANGE_SHOPS = ("Luma Electronics", "Orbit Tickets", "Velvet Watch House", "Zephyr Games")
EMPLOYERS = ("Hengda Design", "Lakeside School", "Blue Kite Logistics", "Northline Rail")

CASES = (
    ("Refund of a transfer fee", "转账手续费退款"),
    ("Card payment disputed", "银行卡交易争议"),
    ("New card has not arrived", "新卡未收到"),
    ("Change of address", "变更地址"),
    ("Question about a home loan", "住房贷款咨询"),
    ("Standing order to be stopped", "取消定期转账"),
)
