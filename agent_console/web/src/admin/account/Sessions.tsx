import { useEffect, useState } from "preact/hooks";
import { exactTime } from "../../i18n/index.ts";
import { http } from "../../lib/http.ts";
import { Badge, Button, Skeleton } from "../../ui/index.ts";
import { sayProblem } from "../frame/problem.ts";
import { t } from "./texts.ts";

interface Session {
  id: string;
  created_at: number;
  seen_at: number;
  client: string;
  current: boolean;
}

/** Browsers that are signed in; others can be signed out. */
export function Sessions() {
  const [sessions, setSessions] = useState<Session[] | null>(null);
  const load = (): void => {
    http<{ sessions: Session[] }>("GET", "/api/sessions").then(
      (answer) => setSessions(answer.sessions),
      sayProblem,
    );
  };
  useEffect(load, []);
  const end = async (ids: readonly string[]): Promise<void> => {
    try {
      for (const id of ids) await http("DELETE", `/api/sessions/${encodeURIComponent(id)}`);
    } catch (problem) {
      sayProblem(problem);
    }
    load();
  };
  if (!sessions) return <Skeleton lines={[80, 70]} />;
  const others = sessions.filter((one) => !one.current);
  return (
    <>
      <table class="tbl">
        <thead>
          <tr>
            <th scope="col">{t("browser")}</th>
            <th scope="col">{t("since")}</th>
            <th scope="col">{t("last_used")}</th>
            <th scope="col">
              <span class="sr">{t("sign_out")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((one) => (
            <tr key={one.id}>
              <td>{one.client}</td>
              <td class="tnum">{exactTime(one.created_at)}</td>
              <td class="tnum">{exactTime(one.seen_at)}</td>
              <td class="acts">
                {one.current ? (
                  <Badge>{t("this_one")}</Badge>
                ) : (
                  <Button size="s" onClick={() => void end([one.id])}>
                    {t("sign_out")}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {others.length > 1 && (
        <div class="row">
          <Button onClick={() => void end(others.map((one) => one.id))}>
            {t("sign_out_others")}
          </Button>
        </div>
      )}
    </>
  );
}
