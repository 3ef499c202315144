/** Every text of the widget, English first and Chinese second; one alone does not compile. */

import type { Lang } from "./frames.ts";

export const TEXTS = {
  launch: ["Chat with us", "在线客服"],
  unread: ["new messages", "条新消息"],
  title: ["Chat", "在线客服"],
  log: ["Messages", "聊天记录"],
  assistant: ["Mei", "小湄"],
  assistant_sub: ["Assistant. A person any time", "智能助手，随时可转人工"],
  agent_sub: ["Customer service", "人工客服"],
  ended_sub: ["Chat ended", "聊天已结束"],
  more: ["More", "更多"],
  minimise: ["Minimise chat", "收起聊天"],
  help: ["Help articles", "帮助文章"],
  switch: ["中文", "English"],
  end: ["End chat", "结束聊天"],
  save: ["Save chat", "保存聊天"],
  privacy: [
    "Please do not send passwords, codes or full card numbers.",
    "请不要发送密码、验证码或完整卡号。",
  ],
  recorded: ["Chats are recorded for service and security", "聊天会被记录，用于服务和安全"],
  placeholder: ["Write a message", "输入消息"],
  placeholder_closed: ["Write to go on with this chat", "输入消息，继续这次聊天"],
  attach: ["Send a file", "发送文件"],
  send: ["Send", "发送"],
  older: ["Show earlier messages", "查看更早的消息"],
  typing: ["{name} is typing", "{name}正在输入"],
  you: ["You", "您"],
  sent: ["Sent", "已发送"],
  seen: ["Seen", "已读"],
  sending: ["Sending", "发送中"],
  retry: ["Try again", "重试"],
  drop_it: ["Remove", "移除"],
  failed: ["That did not work", "未成功"],
  file_too_large: ["Too large, at most {size}", "文件太大，最大 {size}"],
  file_type: ["This kind of file is not taken", "不支持这种文件"],
  next: ["You are next in line", "下一位就是您"],
  ahead: ["{n} ahead of you", "您前面还有 {n} 位"],
  minutes: ["About {n} min", "约 {n} 分钟"],
  leave: ["Leave the line", "离开队列"],
  away: ["Nobody is here right now", "现在没有客服在线"],
  away_more: ["Write to us. We answer from {time}", "请留言，我们将从 {time} 起回复您"],
  quiet_more: ["The chat closes in {time}", "聊天将在 {time} 后结束"],
  here: ["I am still here", "我还在"],
  thanks: ["Thank you for your rating", "感谢您的评价"],
  again: ["Start a new chat", "开始新的聊天"],
  offline: ["No connection. Trying again in {n} s", "网络已断开，{n} 秒后重连"],
  guest: [
    "Your sign-in could not be confirmed. You are chatting as a guest",
    "未能确认登录状态，您正以访客身份聊天",
  ],
  e_came_back: ["Welcome back", "欢迎回来"],
  e_agent_joined: ["{name} joined the chat", "{name}加入聊天"],
  e_transferred: ["Passing you on to a colleague", "正在为您转接同事"],
  e_agent_lost: [
    "Connection to our colleague was lost. You keep your place",
    "客服的网络断开了，您的位置已保留",
  ],
  e_closed: ["Chat ended at {time}. Reference {name}", "聊天已于 {time} 结束，编号 {name}"],
  back: ["Go back", "返回"],
  rated_before: ["The rating is closed. Thank you", "本次评价已结束，谢谢您"],
} satisfies Record<string, readonly [string, string]>;

export type TextKey = keyof typeof TEXTS;

/** The text of a key in a language, its named values filled in. */
export function text(
  lang: Lang,
  key: TextKey,
  values: Record<string, string | number> = {},
): string {
  return TEXTS[key][lang === "zh" ? 1 : 0].replace(/{(\w+)}/g, (_, name: string) =>
    String(values[name]),
  );
}

export const isTextKey = (key: string): key is TextKey => key in TEXTS;

export type Say = (key: TextKey, values?: Record<string, string | number>) => string;
