import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { exactTime } from "../../i18n/index.ts";
import { http, whoAmI } from "../../lib/http.ts";
import { Banner, Button, Dialog, Empty, Input, Skeleton, toast } from "../../ui/index.ts";
import { t } from "./texts.ts";

interface Screen {
  id: string;
  name: string;
  made_at: number;
  expires_at: number;
  link: string | null;
}

export const hanging = signal(false);
const screens = signal<Screen[] | null>(null);
const failed = signal(false);

const close = (): void => {
  hanging.value = false;
};

async function attempt(act: () => Promise<void>): Promise<void> {
  try {
    await act();
    failed.value = false;
  } catch {
    failed.value = true;
  }
}

const read = (): Promise<void> =>
  attempt(async () => {
    await whoAmI(); // the page came by its feed: it has no token to write with yet
    screens.value = (await http<{ displays: Screen[] }>("GET", "/api/displays")).displays;
  });

/** Screens on the wall: a link for each, to be taken back. */
export function DisplaysDialog() {
  const [made, setMade] = useState<Screen | null>(null);
  useEffect(() => void read(), []);
  return (
    <Dialog
      title={t("displays")}
      onClose={close}
      footer={<Button onClick={close}>{t("close")}</Button>}
    >
      <p class="t2">{t("displays_more")}</p>
      {failed.value && <Banner tone="bad">{t("failed")}</Banner>}
      {made?.link ? <Link path={made.link} /> : <Make onMade={setMade} />}
      <List />
    </Dialog>
  );
}

function List() {
  const list = screens.value;
  if (list === null) return failed.value ? null : <Skeleton lines={[60, 80]} />;
  if (list.length === 0) return <Empty icon="monitor" title={t("none")} />;
  return (
    <ul class="said">
      {list.map((one) => (
        <li key={one.id}>
          <div class="grow">
            <p class="fw6">{one.name}</p>
            <p class="t12 t3">{t("until", { time: exactTime(one.expires_at) })}</p>
          </div>
          <Button size="s" onClick={() => void revoke(one.id)}>
            {t("revoke")}
          </Button>
        </li>
      ))}
    </ul>
  );
}

const revoke = (id: string): Promise<void> =>
  attempt(async () => {
    await http("POST", `/api/displays/${id}/revoke`);
    toast({ tone: "ok", title: t("revoked") });
    await read();
  });

function Make({ onMade }: { onMade: (made: Screen) => void }) {
  const [name, setName] = useState("");
  const [tried, setTried] = useState(false);
  const make = (): void => {
    setTried(true);
    if (!name.trim()) return;
    void attempt(async () => {
      onMade(await http<Screen>("POST", "/api/displays", { name }));
      await read();
    });
  };
  return (
    <div class="make-screen">
      <Input
        label={t("name")}
        value={name}
        error={tried && !name.trim() ? t("need_name") : null}
        onInput={(text) => setName(text.slice(0, 60))}
      />
      <Button kind="primary" onClick={make}>
        {t("make")}
      </Button>
    </div>
  );
}

function Link({ path }: { path: string }) {
  const address = `${location.origin}${path}`;
  const copy = (): void =>
    void navigator.clipboard
      .writeText(address)
      .then(() => toast({ tone: "ok", title: t("copied") }));
  return (
    <div class="make-screen">
      <Input label={t("link")} hint={t("link_once")} value={address} onInput={() => undefined} />
      <Button icon="copy" onClick={copy}>
        {t("copy")}
      </Button>
    </div>
  );
}
