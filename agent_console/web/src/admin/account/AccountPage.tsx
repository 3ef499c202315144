import type { ComponentChildren } from "preact";
import { AdminFrame } from "../frame/AdminFrame.tsx";
import { Authenticator } from "./Authenticator.tsx";
import { Password } from "./Password.tsx";
import { Sessions } from "./Sessions.tsx";
import { t } from "./texts.ts";

/** One's own password, authenticator and signed-in browsers. */
export function AccountPage() {
  return (
    <AdminFrame href="/console/account" title={t("my_account")} right={null}>
      <div class="admin-cards">
        <Card title={t("password")}>
          <Password />
        </Card>
        <Card title={t("authenticator")}>
          <Authenticator />
        </Card>
        <Card title={t("sessions")}>
          <Sessions />
        </Card>
      </div>
    </AdminFrame>
  );
}

function Card({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="card" aria-label={title}>
      <div class="card-h">
        <h2>{title}</h2>
      </div>
      <div class="card-b">{children}</div>
    </section>
  );
}
