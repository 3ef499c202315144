/** Texts of these parts, English first and Chinese second. */

import type { Lang } from "../frames.ts";

const TEXTS = {
  rate: ["How was it?", "这次服务怎么样？"],
  star: ["{n} of 5", "{n} 星"],
  score_1: ["Very bad", "很不满意"],
  score_2: ["Bad", "不满意"],
  score_3: ["All right", "一般"],
  score_4: ["Good", "满意"],
  score_5: ["Very good", "很满意"],
  solved: ["Solved it", "解决问题"],
  fast: ["Fast replies", "回复很快"],
  friendly: ["Friendly", "态度好"],
  clear: ["Clear answers", "解释清楚"],
  comment: ["Anything else?", "还有什么想说的？（选填）"],
  submit: ["Send", "提交"],
  skip: ["Skip", "跳过"],
  search: ["Search help articles", "搜索帮助文章"],
  hint: ["For example: lost card", "例如：银行卡丢了"],
  find: ["Search", "搜索"],
  searching: ["Looking for articles", "正在查找"],
  found: ["Best answers: {n}", "最相关的 {n} 篇"],
  nothing: ["Nothing found. Try other words, or talk to us", "没有找到，请换个说法，或联系我们"],
  no_answer: ["That did not work. Please try again", "未能完成，请重试"],
  too_fast: ["Too many at once. Please wait a moment", "操作太快，请稍候再试"],
  gone: ["This article is not there any more", "这篇文章已下线"],
  results: ["Back to the search", "返回搜索"],
  helped: ["Did this help?", "这篇文章有帮助吗？"],
  yes: ["Yes", "有帮助"],
  no: ["No", "没有"],
  thanks_yes: ["Good to hear", "很高兴能帮到您"],
  thanks_no: ["Thank you. We will make it better", "谢谢，我们会改进"],
  talk: ["Talk to us", "联系我们"],
  lead: ["Find an answer yourself, or talk to us any time.", "您可以先自助查找，也可随时联系我们。"],
} satisfies Record<string, readonly [string, string]>;

export type LaterKey = keyof typeof TEXTS;

export const words = (lang: Lang, key: LaterKey, n: number | string = ""): string =>
  TEXTS[key][lang === "zh" ? 1 : 0].replace("{n}", String(n));
