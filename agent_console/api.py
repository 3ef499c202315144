"""All HTTP of the console as Starlette routes; `config` mounts them."""

from starlette.routing import BaseRoute, Route

from agent_console.console import Console
from agent_console.http.account import AccountRoutes
from agent_console.http.accounts import ChannelAccountRoutes
from agent_console.http.alerts import AlertRoutes
from agent_console.http.articles import ArticleRoutes
from agent_console.http.assist import AssistRoutes
from agent_console.http.assistant import AssistantRoutes
from agent_console.http.blocks import BlockRoutes
from agent_console.http.calls import CallRoutes
from agent_console.http.closed_contacts import ClosedContactRoutes
from agent_console.http.corrections import CorrectionRoutes
from agent_console.http.customers import CustomerRoutes
from agent_console.http.displays import DisplayRoutes
from agent_console.http.document import Document
from agent_console.http.endpoint import Api
from agent_console.http.files import FileRoutes
from agent_console.http.flows import FlowRoutes
from agent_console.http.gaps import GapRoutes
from agent_console.http.help import HelpRoutes
from agent_console.http.import_customers import ImportRoutes
from agent_console.http.letters import LetterRoutes
from agent_console.http.oversight import OversightRoutes
from agent_console.http.pages import Pages
from agent_console.http.replies import ReplyRoutes
from agent_console.http.reports import ReportRoutes
from agent_console.http.secure import SecureRoutes
from agent_console.http.sign_in import SignInRoutes
from agent_console.http.survey import SurveyRoutes
from agent_console.http.users import UserRoutes
from agent_console.http.values import ValueRoutes
from agent_console.http.widgets import WidgetRoutes
from agent_console.http.work import WorkRoutes
from agent_console.wallboard.display import DisplayFigures
from hub.ports import AssistantEditor, FlowEditor


def routes(
    console: Console,
    flows: FlowEditor | None = None,
    assistant: AssistantEditor | None = None,
) -> list[BaseRoute]:
    """Return the routes of API, files, survey and pages, and the OpenAPI document."""
    hub, settings = console.hub, console.settings
    api = Api(console.gate, settings)
    SignInRoutes(hub, console.door, console.watchman, settings).add_to(api)
    AccountRoutes(hub, console.door, console.watchman).add_to(api)
    ChannelAccountRoutes(hub, console.needs.desk).add_to(api)
    WidgetRoutes(hub, console.needs.desk, settings).add_to(api)
    UserRoutes(hub, console.door, console.needs.desk).add_to(api)
    SurveyRoutes(hub, console.tickets).add_to(api)
    SecureRoutes(hub, console.tickets, console.needs.desk.widgets).add_to(api)
    FileRoutes(hub, console.tickets).add_to(api)
    OversightRoutes(hub).add_to(api)
    BlockRoutes(hub).add_to(api)
    WorkRoutes(hub, console.tickets).add_to(api)
    LetterRoutes(hub).add_to(api)
    CustomerRoutes(hub).add_to(api)
    ClosedContactRoutes(hub, console.tickets, console.zone).add_to(api)
    CallRoutes(hub, console.tickets).add_to(api)
    ImportRoutes(hub, console.links).add_to(api)
    ReportRoutes(hub, console.zone).add_to(api)
    AlertRoutes(hub, console.zone).add_to(api)
    HelpRoutes(hub).add_to(api)
    GapRoutes(hub).add_to(api)
    ArticleRoutes(hub).add_to(api)
    AssistRoutes(hub, console.needs.desk, console.needs.replies).add_to(api)
    ReplyRoutes(hub, console.needs.replies, console.worker.tell_setup).add_to(api)
    CorrectionRoutes(hub).add_to(api)
    ValueRoutes(hub, console.zone).add_to(api)
    DisplayRoutes(hub, console.links, DisplayFigures(console.needs)).add_to(api)
    if flows is not None:
        FlowRoutes(hub, flows, publish_alone=settings.publish_alone).add_to(api)
    if assistant is not None:
        AssistantRoutes(hub, assistant, publish_alone=settings.publish_alone).add_to(api)
    described = Route("/api/openapi.json", Document(api.endpoints).answer)
    return [described, *api.routes, *Pages(console.gate, settings).routes()]
