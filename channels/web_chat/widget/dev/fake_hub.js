// A hub in the page: `?view=` chooses a scene, and the frames are those of README.md.
(() => {
  const asked = new URLSearchParams(location.search);
  const zh = (asked.get("lang") ?? "en") === "zh";
  const now = Date.now() / 1000;
  const agent = { en: "Ou Yaqing", zh: "欧雅晴" };
  const say = (en, chinese) => (zh ? chinese : en);
  const bot = (text, choices) => ({
    speaker: "bot",
    kind: choices ? "menu" : "text",
    text,
    choices,
  });
  const me = (text) => ({ speaker: "customer", kind: "text", text, key: `k${Math.random()}` });
  const staff = (text) => ({ speaker: "agent", kind: "text", text, name: agent });
  const event = (code, data = {}) => ({
    speaker: "system",
    kind: "event",
    text: "",
    event: code,
    data,
  });
  const joined = { name_en: agent.en, name_zh: agent.zh };
  const hello = bot(
    say(
      "Hello, I am Mei, a bot. What can I do for you?",
      "您好，我是智能助手小湄。想办理什么业务？",
    ),
  );
  const menu = bot(say("Choose one, or ask for a person.", "请选择，或转人工。"), [
    { value: "freeze", label: say("Freeze this card", "冻结这张卡") },
    { value: "me", label: say("I made this purchase", "是我本人消费") },
    { value: "person", label: say("Talk to a person", "转人工") },
  ]);
  const asks = me(say("There is a payment I did not make", "有一笔消费不是我刷的"));
  const file = {
    ...me(""),
    kind: "file",
    file: {
      id: "f1",
      name: say("screenshot of the text message.png", "消费短信截图.png"),
      media_type: "image/png",
      size_bytes: 219136,
    },
  };
  const talk = [
    event("agent_joined", joined),
    staff(
      say(
        "Hello Ms Lin, I see the payment of 12 May for ¥3,280.00. Do you have the card with you?",
        "林女士您好，我看到 5 月 12 日这笔 ¥3,280.00 的消费了。卡还在您身边吗？",
      ),
    ),
    me(
      say(
        "It is in my wallet. I never bought anything there.",
        "卡在钱包里。我从没在这家店买过东西。",
      ),
    ),
    file,
    staff(say("Thank you. The card is frozen now.", "谢谢。我已经冻结这张卡，不会再有新的扣款。")),
    staff(
      "https://northmere.example/disputes/how-it-works-and-a-very-long-address-that-must-wrap-somewhere-near-here",
    ),
  ];
  const ended = { by: "agent", reason: "solved", reference: "K7M-4Q2-X9D" };
  const over = [...talk, event("closed", ended)];
  const scenes = {
    new: [[], { phase: "new" }],
    bot: [[hello, asks, menu], { phase: "bot" }],
    queue: [
      [hello, me(say("Talk to a person", "转人工"))],
      {
        phase: "queue",
        queue: { en: "Cards", zh: "银行卡争议组" },
        position: 3,
        estimate_seconds: 60,
      },
    ],
    agent: [talk, { phase: "agent", agent }],
    quiet: [
      [...talk, event("silence_warning", { closes_at: String(now + 55) })],
      { phase: "agent", agent },
    ],
    outside: [
      [me(say("Are you there?", "在吗？")), event("outside_hours")],
      { phase: "outside_hours", opens_at: now + 40_000 },
    ],
    rate: [over, { phase: "rate", survey: "s1", agent }],
    closed: [over, { phase: "closed" }],
    launcher: [talk, { phase: "agent", agent }],
  };
  const view = asked.get("view") ?? "bot";
  const [messages, state] = scenes[view] ?? scenes.agent;
  let seq = 0;
  for (const message of messages) Object.assign(message, { seq: ++seq, at: now - 300 + seq * 20 });

  class FakeSocket {
    static OPEN = 1;
    readyState = 0;
    constructor() {
      window.fakeHub = this;
      setTimeout(() => {
        this.readyState = 1;
        this.onopen?.({});
      }, 20);
    }
    send(text) {
      const frame = JSON.parse(text);
      (window.framesSent ??= []).push(frame);
      setTimeout(() => this.answer(frame), 20);
    }
    tell(frame) {
      this.onmessage?.({ data: JSON.stringify(frame) });
    }
    close(code = 1000) {
      this.readyState = 3;
      this.onclose?.({ code });
    }
    answer(frame) {
      const { type, id } = frame;
      if (type === "hello") {
        if (view === "refused")
          return this.tell({ type: "refused", id: null, code: "token_expired" });
        this.tell({
          type: "welcome",
          conversation: "c1",
          resume: "r1",
          signed_in: false,
          server_now: Date.now() / 1000,
          seen: view === "agent" ? 4 : 2,
          state,
          messages,
          more: false,
          fresh: true,
          files: { max_bytes: 10485760, media_types: [] },
        });
        if (view === "agent") this.tell({ type: "typing", on: true });
      } else if (type === "say" || type === "choose") {
        const wait = asked.get("mute") ? 1e9 : 150;
        setTimeout(() => this.tell({ type: "ack", id, seq: ++seq, at: Date.now() / 1000 }), wait);
        if (asked.get("refuse")) this.tell({ type: "refused", id, code: "bad_field" });
      } else if (type === "begin") {
        this.tell({ type: "done", id });
        this.tell({ type: "msg", ...menu, seq: ++seq, at: Date.now() / 1000 });
        this.tell({ type: "state", phase: "bot" });
      } else if (type === "rate") {
        this.tell({ type: "done", id });
        this.tell({ type: "state", phase: "closed" });
      } else if (type === "leave") {
        this.tell({ type: "done", id });
        this.tell({
          type: "msg",
          ...event("closed", { by: "customer", reason: "left", reference: "K7M-4Q2-X9D" }),
          seq: ++seq,
          at: Date.now() / 1000,
        });
        this.tell({ type: "state", phase: "closed" });
      } else if (type === "ping") this.tell({ type: "pong" });
    }
  }
  window.WebSocket = FakeSocket;
})();
