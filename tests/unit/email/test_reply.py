"""New text, quotes and signatures, as the mail programs of both languages write them."""

import pytest

from channels.email.parse.html import split_html
from channels.email.parse.reply import split_reply

OLD = "请带身份证。"
SENDER = "北岸银行 <service@bank.example>"

CHINESE = {
    "qq": f'------------------ 原始邮件 ------------------\n发件人: "北岸" <a@b.example>;\n{OLD}',
    "qq_in_english": "------------------ Original ------------------\nFrom: 北岸银行\n" + OLD,
    "qq_phone": f"---原始邮件---\n发件人: {SENDER}\n发送时间: 2024年3月5日\n{OLD}",
    "163": f"在 2024-03-05 10:21:33，{SENDER} 写道：\n\n{OLD}",
    "163_quoted": f'At 2024-03-05 10:21:33, "service" <a@b.example> wrote:\n>{OLD}\n>',
    "163_master": f"---- 回复的原邮件 ----\n| 发件人 | {SENDER} |\n| 日期 | 3月5日 |\n{OLD}",
    "foxmail": f"发件人： 北岸银行\n发送时间： 2024-03-05 10:21\n收件人： 李四\n主题： 卡\n{OLD}",
    "foxmail_english": f"From: bank\nDate: 2024-03-05 10:21\nTo: lisi\nSubject: 卡\n\n{OLD}",
    "gmail": f"{SENDER} 于2024年3月5日周二 10:21写道：\n\n> {OLD}",
    "gmail_traditional": f"{SENDER} 於 2024年3月5日 週二 上午10:21寫道：\n\n> {OLD}",
    "apple": f"> 在 2024年3月5日，上午10:21，{SENDER} 写道：\n> \n> {OLD}",
    "apple_two_lines": f"在 2024年3月5日，上午10:21，北岸\n<a@bank.example> 写道：\n\n> {OLD}",
    "outlook": f"________________________________\n发件人: {SENDER}\n发送时间: 2024年3月5日 10:21\n"
    f"收件人: 李四\n主题: 信用卡\n\n{OLD}",
    "outlook_traditional": f"寄件者: {SENDER}\n寄件日期: 3月5日\n收件者: 李四\n主旨: 卡\n\n{OLD}",
    "phone": f"-------- 原始邮件 --------\n发件人： {SENDER}\n日期： 2024年3月5日\n{OLD}",
}
ENGLISH = {
    "outlook": "From: Bank [mailto:a@b.example]\nSent: 5 March 2024\nTo: Joe\nSubject: Card\n\nOld",
    "outlook_old": "-----Original Message-----\nFrom: Bank\nSent: Tuesday\n\nOld",
    "outlook_bold": " -------------\n\n*From:* Bank\n*Sent:* 5 May\n*To:* Jo\n*Subject:* C\n\nOld",
    "gmail": "On Tue, Mar 5, 2024 at 10:21 AM Bank <a@b.example> wrote:\n\n> Old",
    "gmail_broken": "On Tue, Mar 5, 2024 at 10:21 AM Bank\n<a-name@bank.example>\nwrote:\n\n> Old",
    "apple": "> On 5 Mar 2024, at 10:21, Bank <a@b.example> wrote:\n> \n> Old",
    "yahoo": "On Tuesday, March 5, 2024 at 10:21:00 AM, Bank <a@b.example> wrote:  \n\n Old text",
    "german": "Am 05.03.24 um 10:21 schrieb Bank:\n> Old",
    "yandex": '05.03.2024, 10:21, "Bank" <a@b.example>:\n\nOld',
    "mail_ru": "Thu, 26 Jun 2014 14:00:51 +0400 от Bank <a@b.example>:\n\n> Old",
    "android": "---- Bank wrote ----\n\nOld",
    "named": "Bank <a@b.example> wrote:\n\n> Old",
    "hotmail": "Date: Mon, 2 Apr 2012 17:44:22 +0400\nSubject: Re\nFrom: a@b\nTo: c@d\n\nOld",
    "forwarded": "---------- Forwarded message ---------\nFrom: X <x@y.example>\nSubject: s\n\nOld",
    "help_desk": "##- Please type your reply above this line -##\n\nOld",
}
SIGNED = {
    "delimiter": ("-- \nJoe", "Joe"),
    "phone": ("Sent from my iPhone", "iPhone"),
    "long_phone": ("Sent from my Verizon Wireless BlackBerry", "Verizon"),
    "outlook_app": ("获取 Outlook for iOS<https://aka.example/o>", "Outlook"),
    "iphone_chinese": ("发自我的 iPhone", "iPhone"),
    "huawei": ("发自我的华为手机", "华为"),
    "163_master": ("| |\n张三\n|\n|\nzhangsan@163.example\n|\n签名由网易邮箱大师定制", "张三"),
    "foxmail": ("\n\n王五\nwangwu@corp.example", "王五"),
    "card": ("此致\n敬礼\n张三\n电话：13800000000\n地址：上海市", "敬礼"),
    "card_english": ("Kind regards,\nJohn Smith\nHead of IT\nTel: +44 20 7946 0000", "Head of IT"),
    "disclaimer": (
        "This e-mail and any attachments are confidential.\nPlease delete it.",
        "delete",
    ),
    "disclaimer_chinese": ("本邮件及其附件含有保密信息，仅限收件人使用。", "保密"),
    "mailing_list": (
        "_____________________________\nriders mailing list\nr@lists.example",
        "riders",
    ),
}
WHOLE = {
    "no_reply_mark": "On your remote host you can run:\n\n    telnet localhost\n\nIt should work.",
    "dashes_inside": "Hi there!\n\nStuff\n\nAnd here is more -- and\neven more.",
    "not_a_phone": "Here it is\n\nSent from my desk, is much easier then my mobile phone.",
    "a_list": "Two things:\n- Here is a bullet point\n- And another one\n\nThat is all for now.",
    "a_form": "The form says:\nFrom: 1 May\nTo: 3 May\nPlease confirm.",
    "a_form_in_chinese": "请帮我查：\n日期：2024-03-05\n金额：100元",
    "thanks": "Please block my card.\n\nThanks,\nAlex",
    "only_forwarded": "---------- Forwarded message ---------\nFrom: X <x@y.example>\n\nSee this",
    "address_asked_for": "My new address is:\n\njoe@new.example",
}


@pytest.mark.parametrize("program", sorted(CHINESE))
def test_a_chinese_program_quotes(program: str) -> None:
    split = split_reply(f"好的，我明天过去。\n\n\n{CHINESE[program]}\n")
    assert split.visible == "好的，我明天过去。"
    assert OLD in split.quoted


@pytest.mark.parametrize("program", sorted(ENGLISH))
def test_an_english_program_quotes(program: str) -> None:
    split = split_reply(f"Yes, please do.\r\n\r\n{ENGLISH[program]}\r\n")
    assert split.visible == "Yes, please do."
    assert "Old" in split.quoted


@pytest.mark.parametrize("kind", sorted(SIGNED))
def test_a_signature_is_apart(kind: str) -> None:
    signature, part = SIGNED[kind]
    split = split_reply(f"请尽快处理 the card.\n\n{signature}\n\n{CHINESE['qq']}")
    assert split.visible == "请尽快处理 the card."
    assert part in split.signature
    assert OLD in split.quoted


@pytest.mark.parametrize("kind", sorted(WHOLE))
def test_what_is_no_quote_stays(kind: str) -> None:
    assert split_reply(WHOLE[kind]).visible == WHOLE[kind]


def test_answers_between_quotes_stay_and_quotes_go() -> None:
    split = split_reply("On 5 Mar 2024 Bank wrote:\n> Which?\nThe blue one.\n> When?\nMonday.")
    assert split.visible == "The blue one.\nMonday."
    assert split.quoted == "On 5 Mar 2024 Bank wrote:\n> Which?\n> When?"


HTML = {
    "qq": "<div>好的。</div><includetail><div>---- 原始邮件 ----</div><div>旧</div></includetail>",
    "163": "<div>好的。</div><p>在 2024-03-05，B &lt;a@b&gt; 写道：</p><blockquote>旧</blockquote>",
    "outlook": '<p>好的。</p><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">旧</div>旧',
    "outlook_desk": "<p>好的。</p><div><p><b>发件人:</b> B<br><b>发送时间:</b> 5 日<br>"
    "<b>收件人:</b> x</p></div><p>旧</p>",
    "gmail": '<div>好的。</div><div class="gmail_quote"><div>On 5 Mar B wrote:</div>旧</div>',
    "gmail_signed": '<div>好的。</div><div class="gmail_signature">李</div>'
    '<div class="gmail_quote">旧</div>',
    "hotmail": '<div>好的。<hr id="stopSpelling">旧<br>旧</div>',
    "thunderbird": '<div class="moz-cite-prefix">On 5.3.24 B wrote:</div>'
    '<blockquote type="cite">旧</blockquote><p>好的。</p>',
}


@pytest.mark.parametrize("program", sorted(HTML))
def test_markup_tells_quotes(program: str) -> None:
    split = split_html(f"<html><head><style>p {{}}</style></head><body>{HTML[program]}</body>")
    assert split.visible == "好的。"
    assert "旧" in split.quoted


def test_nothing_of_a_body_is_lost() -> None:
    body = f"New\n\n-- \nJoe\n\n{ENGLISH['outlook']}"
    split = split_reply(body)
    assert sorted(" ".join(split[:3]).split()) == sorted(body.split())
