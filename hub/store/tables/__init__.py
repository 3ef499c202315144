"""One SQLModel class per record; these define the schema and serve reads.

Column conventions: times are UTC epoch seconds (double), JSON is text, `*_sealed` is a sealed
field (see hub/security/vault), `*_key` is a keyed hash for equality look-up.
"""

from hub.store.tables.accounts import ChannelAccountRow
from hub.store.tables.articles import (
    ArticleCare,
    ArticleCorrection,
    ArticleLock,
    ArticleVectors,
    ArticleVerdict,
    ArticleVersion,
    DatedValueRow,
    Disturbance,
    SearchMiss,
)
from hub.store.tables.banking import Appointment, BankOrder, CoreSync, PaymentCheck
from hub.store.tables.calls import Call, CallLeg, CallRecording
from hub.store.tables.contact import (
    Address,
    Assignment,
    Contact,
    Conversation,
    File,
    Message,
    Participant,
    Reservation,
    Survey,
)
from hub.store.tables.customer import (
    Account,
    Card,
    Consent,
    Customer,
    CustomerNumber,
    Payment,
)
from hub.store.tables.delivery import DeliveryRef, MessageDelivery, OptOut
from hub.store.tables.finding import ContactAmendment, CustomerLink, CustomerMerge
from hub.store.tables.floor import (
    AlertSpell,
    AlertTaken,
    Alternative,
    Announcement,
    AnnouncementRead,
    Assist,
    Display,
    SwitchedOff,
)
from hub.store.tables.hands import AddressBlock, CustomerNote
from hub.store.tables.identity import (
    CustomerWarning,
    FieldDenial,
    Party,
    PartyAccount,
    PhonePin,
    ProofLock,
    Verification,
)
from hub.store.tables.kernel import (
    AuditAnchor,
    AuditEntry,
    ChannelState,
    DataKey,
    Effect,
    EventRow,
    Lease,
    NodeSeen,
    Receipt,
    Setup,
    Timer,
)
from hub.store.tables.search import SearchOwner, SearchToken
from hub.store.tables.secure import SecureMessage
from hub.store.tables.set_up import SetupDraft
from hub.store.tables.staff import (
    AgentPhone,
    AgentPresence,
    OutsidePhone,
    RecoveryCode,
    SecondFactor,
    SignInAttempt,
    StaffSession,
    User,
)
from hub.store.tables.standing import StandingChange
from hub.store.tables.teaching import BotDoubt, BotModel
from hub.store.tables.widgets import WidgetKeyRow
from hub.store.tables.words import WordIndex, WordOwner, WordToken
from hub.store.tables.work import Case, CaseEntry, Task
from hub.store.tables.written import (
    ContactTag,
    HeldLetter,
    JointDeed,
    OutgoingLetter,
    SenderRule,
    TalkJoin,
    WaitingLetter,
)

__all__ = [
    "Account",
    "Address",
    "AddressBlock",
    "AgentPhone",
    "AgentPresence",
    "AlertSpell",
    "AlertTaken",
    "Alternative",
    "Announcement",
    "AnnouncementRead",
    "Appointment",
    "ArticleCare",
    "ArticleCorrection",
    "ArticleLock",
    "ArticleVectors",
    "ArticleVerdict",
    "ArticleVersion",
    "Assignment",
    "Assist",
    "AuditAnchor",
    "AuditEntry",
    "BankOrder",
    "BotDoubt",
    "BotModel",
    "Call",
    "CallLeg",
    "CallRecording",
    "Card",
    "Case",
    "CaseEntry",
    "ChannelAccountRow",
    "ChannelState",
    "Consent",
    "Contact",
    "ContactAmendment",
    "ContactTag",
    "Conversation",
    "CoreSync",
    "Customer",
    "CustomerLink",
    "CustomerMerge",
    "CustomerNote",
    "CustomerNumber",
    "CustomerWarning",
    "DataKey",
    "DatedValueRow",
    "DeliveryRef",
    "Display",
    "Disturbance",
    "Effect",
    "EventRow",
    "FieldDenial",
    "File",
    "HeldLetter",
    "JointDeed",
    "Lease",
    "Message",
    "MessageDelivery",
    "NodeSeen",
    "OptOut",
    "OutgoingLetter",
    "OutsidePhone",
    "Participant",
    "Party",
    "PartyAccount",
    "Payment",
    "PaymentCheck",
    "PhonePin",
    "ProofLock",
    "Receipt",
    "RecoveryCode",
    "Reservation",
    "SearchMiss",
    "SearchOwner",
    "SearchToken",
    "SecondFactor",
    "SecureMessage",
    "SenderRule",
    "Setup",
    "SetupDraft",
    "SignInAttempt",
    "StaffSession",
    "StandingChange",
    "Survey",
    "SwitchedOff",
    "TalkJoin",
    "Task",
    "Timer",
    "User",
    "Verification",
    "WaitingLetter",
    "WidgetKeyRow",
    "WordIndex",
    "WordOwner",
    "WordToken",
]
