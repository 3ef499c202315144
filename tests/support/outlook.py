"""A reply as Outlook writes it: text and HTML, the mail it answers below a line and a head."""

import smtplib
from email.message import EmailMessage
from email.policy import SMTP

HEAD = (
    "From: Northmere Bank <service@northmere.example>\n"
    "Sent: Monday, November 23, 2026 10:00 AM\nTo: {to}\nSubject: {subject}\n"
)


def outlook_reply(
    *, sender: str, to: str, subject: str, answers: str, words: str, quoted: str
) -> EmailMessage:
    """Return a reply to the mail whose Message-ID is `answers`; `sender` is `Name <address>`."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = sender, to
    mail["Subject"], mail["Message-ID"] = subject, "<AM0PR01MB1234@outlook.example>"
    mail["In-Reply-To"] = mail["References"] = answers
    mail["Thread-Topic"], mail["X-Mailer"] = subject, "Microsoft Outlook 16.0"
    head = HEAD.format(to=sender, subject=subject)
    mail.set_content(f"{words}\n\n{'_' * 32}\n{head}\n{quoted}\n")
    below = head.replace("\n", "<br>")
    mail.add_alternative(
        f'<html><body><div class="elementToProof">{words}</div>'
        f'<div id="appendonsend"></div><hr style="display:inline-block;width:98%">'
        f'<div id="divRplyFwdMsg" dir="ltr"><font>{below}</font></div><div>{quoted}</div>'
        "</body></html>",
        subtype="html",
    )
    return mail


def leave_by_smtp(mail: EmailMessage, place: str) -> None:
    """Give it to a server at `host:port`, by Python's own client."""
    host, _, port = place.rpartition(":")
    with smtplib.SMTP(host, int(port), timeout=20) as client:
        client.send_message(mail)
