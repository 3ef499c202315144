/** The survey's API of `npm run dev`: `/survey/answered`, `/survey/expired`, `/survey/lost`; any
 * other token is open, `/survey/zh` in Chinese. */
const TAGS = ["clear", "fast", "friendly", "solved"];

export function survey(method: string, path: string): [status: number, body: object] {
  const token = path.split("/").at(-1) ?? "";
  if (token === "lost") return [404, { code: "no_survey" }];
  if (method === "POST") {
    return token === "second" ? [409, { code: "survey_answered" }] : [200, { ok: true }];
  }
  const state = token === "answered" || token === "expired" ? token : "open";
  return [
    200,
    {
      state,
      language: token === "zh" ? "zh" : "en",
      channel: "web_chat",
      queue: { en: "Cards", zh: "卡片" },
      agent: { en: "Amara Osei", zh: "阿玛拉·奥塞" },
      tags: TAGS,
    },
  ];
}
