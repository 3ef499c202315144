/** `npm run dev` without a hub: the routes of pages and a sign-in that knows two people. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Plugin } from "vite";
import { survey } from "./survey.ts";

const PAGES: Record<string, string> = {
  "/sign-in": "signin",
  "/console": "desk",
  "/console/wallboard": "wallboard",
  "/console/ready": "ready",
  "/console/users": "users",
  "/console/account": "account",
  "/console/widget": "widget",
  "/console/accounts": "accounts",
  "/console/replies": "replies",
  "/console/assistant": "assistant",
  "/console/flows": "flows",
  "/console/reports": "reports",
  "/": "landing",
};

const PEOPLE: Record<string, { name: { en: string; zh: string }; roles: string[] }> = {
  "a.osei": { name: { en: "Amara Osei", zh: "阿玛拉·奥塞" }, roles: ["agent"] },
  "m.tan": { name: { en: "Mei Tan", zh: "谭梅" }, roles: ["supervisor"] },
};

export function mockServer(): Plugin {
  let login = "a.osei";
  return {
    name: "mock-server",
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = (request.url ?? "/").split("?")[0] ?? "/";
        const page = path.startsWith("/survey/") ? "survey" : PAGES[path];
        if (page) request.url = `/static/console/${page}.html`;
        if (path === "/api/sign-in") {
          void signIn(request, response, (known) => (login = known));
          return;
        }
        if (path === "/api/me") return send(response, 200, me(login));
        if (path.startsWith("/files")) return send(response, 200, { file_id: "file-1" });
        if (path.startsWith("/api/survey/")) {
          return send(response, ...survey(request.method ?? "GET", path));
        }
        if (path.startsWith("/api/")) return send(response, 200, {});
        next();
      });
    },
  };
}

function me(login: string): object {
  const person = PEOPLE[login];
  return {
    user: { id: login, login, name: person?.name },
    csrf: "dev",
    roles: person?.roles ?? [],
    rights: [],
  };
}

async function signIn(
  request: IncomingMessage,
  response: ServerResponse,
  remember: (login: string) => void,
): Promise<void> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  const { login } = JSON.parse(text) as { login: string };
  if (!PEOPLE[login]) return send(response, 401, { code: "sign_in_failed" });
  remember(login);
  send(response, 200, me(login));
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(body));
}
