/** Every text of the page, English first and Chinese second; one alone does not compile. */
import type { Lang } from "./frames.ts";

export const TEXTS = {
  bank: ["Northmere Bank", "北湄银行"],
  title: ["Call us from your browser", "在浏览器中致电我们"],
  skip: ["Skip to the phone", "跳到电话"],
  lead: [
    "Free, from anywhere, with captions you can read as you listen. " +
      "If you sign in first, you can skip most of the questions.",
    "在任何地方都可免费拨打，通话时有字幕可读。先登录再拨打，大部分核实问题都可以省去。",
  ],
  waits: ["How long you wait now", "当前等候时间"],
  lost_card: ["Lost or stolen card", "银行卡丢失或被盗"],
  at_once: ["First in the menu, day and night", "菜单第一项，日夜受理"],
  open_now: ["Open", "服务中"],
  under_minute: ["Under 1 min", "不到 1 分钟"],
  closed: ["Closed", "暂不服务"],
  opens: ["Opens {when}", "{when} 开始服务"],
  call_wait: ["Call now, {wait} wait", "立即拨打，等候{wait}"],
  nobody: ["Nobody at the phone now", "目前无人值守"],
  nobody_now: [
    "Nobody is at the phone for this right now. " +
      "The menu helps you, and you can wait, ask for a call back or leave a message.",
    "此业务目前无人值守。您可使用自助菜单、等候、请求回电或留言。",
  ],
  closed_now: [
    "Nobody takes this matter now. The menu still helps you, or takes a message.",
    "此业务目前无人接听，您仍可使用自助菜单或留言。",
  ],
  keys_ahead: ["Keys for the menu: {keys}", "菜单按键：{keys}"],
  keys_hint: [
    "Each is sent when the menu asks. Not for PINs.",
    "菜单询问时依次发送，请勿输入密码。",
  ],
  take_back: ["Take back the last key", "删除最后一个按键"],
  fact_person: ["Press 0 at any time to speak to a person", "随时按 0 转人工"],
  fact_wait: [
    "Prefer not to wait? We call you and keep your place",
    "不想等待？我们回电给您，并保留您的位置",
  ],
  phone: ["Phone", "电话"],
  ready: ["Ready to call", "可以拨打"],
  about: ["What is it about?", "您想咨询什么？"],
  cards: ["Cards", "银行卡"],
  payments: ["Payments", "转账付款"],
  loans: ["Loans", "贷款"],
  other: ["Other", "其他"],
  number: ["Number", "号码"],
  from: ["Call from this number (demo)", "使用此号码拨打（演示）"],
  from_hint: ["Empty: your number is withheld", "留空：不显示您的号码"],
  call: ["Call now", "立即拨打"],
  notice: [
    "Your browser will ask to use the microphone. Calls are recorded.",
    "浏览器会请求使用麦克风。通话会被录音。",
  ],
  signed_in: ["You are signed in", "您已登录"],
  connecting: ["Calling…", "正在呼叫…"],
  menu: ["Automated menu", "自动语音菜单"],
  menu_sub: ["Press or tap your choice", "请按键或点选"],
  choices: ["Menu choices", "菜单选项"],
  captions: ["Captions", "字幕"],
  music: ["[music]", "〔音乐〕"],
  queue: ["Waiting for", "正在等候："],
  queue_plain: ["Waiting for the next person", "正在等候人工服务"],
  keep_place: ["You keep your place", "您的位置会保留"],
  ahead: ["people ahead of you", "人排在您前面"],
  ahead_one: ["person ahead of you", "人排在您前面"],
  next: ["You are next", "下一位就是您"],
  about_minutes: ["About {n} min", "大约 {n} 分钟"],
  soon: ["Less than a minute", "不到一分钟"],
  unknown_wait: ["We answer as soon as we can", "我们会尽快接听"],
  callback: [
    "Prefer not to wait? We can call you and keep your place.",
    "不想等待？我们可以回电给您，并保留您的位置。",
  ],
  call_me: ["Call me", "请回电"],
  specialist: ["Customer service", "客户服务"],
  speaking: ["You are speaking with {name}", "您正在与{name}通话"],
  no_captions: [
    "Captions show what the menu says; what people say has none.",
    "字幕仅显示菜单语音，人工通话没有字幕。",
  ],
  on_hold: ["On hold, please stay on the line", "通话保持中，请不要挂断"],
  secret: ["Enter your digits now", "请现在输入数字"],
  secret_more: [
    "Nobody at the bank can see or hear these digits.",
    "银行工作人员看不到也听不到这些数字。",
  ],
  typed: ["digits entered", "位已输入"],
  ended: ["Call ended", "通话已结束"],
  with: ["with", "，接听："],
  again: ["Call again", "再次拨打"],
  controls: ["Call controls", "通话控制"],
  mute: ["Mute", "静音"],
  keypad: ["Keypad", "键盘"],
  sound: ["Sound", "声音"],
  end: ["End", "挂断"],
  star: ["star", "星号"],
  hash: ["hash", "井号"],
  settings: ["Sound and microphone", "声音和麦克风"],
  microphone: ["Microphone", "麦克风"],
  usual: ["The usual one", "默认设备"],
  volume: ["Volume", "音量"],
  close: ["Close", "关闭"],
  weak: ["Your connection is weak.", "您的网络信号较弱。"],
  broken: [
    "The connection broke. Please wait, we are getting it back.",
    "连接中断，正在恢复，请稍候。",
  ],
  no_microphone: [
    "There is no microphone, or its use was not allowed. " +
      "Allow it in the address bar, then call again.",
    "没有麦克风，或未允许使用。请在地址栏中允许后重新拨打。",
  ],
  engine_away: [
    "Calls cannot be taken right now. Please try again in a minute.",
    "暂时无法接通，请一分钟后再试。",
  ],
  engine_full: ["All our lines are busy. Please try again shortly.", "线路繁忙，请稍后再拨。"],
  bad_token: [
    "Your sign-in is no longer good. " +
      "Open this page again from your bank's site, or call without it.",
    "登录已失效。请从银行网站重新打开本页，或直接拨打。",
  ],
  lost: [
    "The call was cut off. Call again to go on with the same person.",
    "通话意外中断。再次拨打可继续与同一位客服通话。",
  ],
  failed: ["The call could not be made. Please try again.", "呼叫未成功，请重试。"],
} as const satisfies Record<string, readonly [string, string]>;

export type Text = keyof typeof TEXTS;

export const say = (lang: Lang, key: Text): string => TEXTS[key][lang === "zh" ? 1 : 0];

/** What went wrong, for people; codes without words of their own share one. */
export const saidProblem = (lang: Lang, code: string): string =>
  say(lang, code in TEXTS ? (code as Text) : "failed");
