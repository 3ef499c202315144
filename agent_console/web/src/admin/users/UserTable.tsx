import { both, exactTime } from "../../i18n/index.ts";
import { Avatar, Badge, Icon, Menu, toast, type MenuItem } from "../../ui/index.ts";
import { me } from "../frame/session.ts";
import { sayProblem } from "../frame/problem.ts";
import { open, type Reasoned } from "./dialogs.ts";
import { act, labelOf, listed, type UserRow } from "./model.ts";
import { t } from "./texts.ts";

export function UserTable({ users }: { users: readonly UserRow[] }) {
  return (
    <div class="admin-scroll" tabIndex={0} role="region" aria-label={t("users")}>
      <table class="tbl">
        <caption class="sr">{t("count_users", { count: users.length })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("name")}</th>
            <th scope="col">{t("login")}</th>
            <th scope="col">{t("roles")}</th>
            <th scope="col">{t("team")}</th>
            <th scope="col">{t("skills")}</th>
            <th scope="col">{t("queues")}</th>
            <th scope="col" class="num">
              {t("capacity")}
            </th>
            <th scope="col">{t("state")}</th>
            <th scope="col">{t("last_seen")}</th>
            <th scope="col">
              <span class="sr">{t("actions")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {users.map((user) => (
            <Row key={user.id} user={user} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ user }: { user: UserRow }) {
  const name = both(user.name);
  const skills = listed.value?.skills ?? [];
  const queues = listed.value?.queues ?? [];
  const told = user.skills.map(([skill, level]) => `${labelOf(skills, skill)} ${level}`).join(", ");
  const served = user.queues.map((queue) => labelOf(queues, queue)).join(", ");
  return (
    <tr>
      <td>
        <button
          type="button"
          class="admin-name"
          onClick={() => (open.value = { kind: "edit", user })}
        >
          <Avatar name={name} seed={user.id} />
          {name}
        </button>
      </td>
      <td>{user.login}</td>
      <td>{user.roles.map((role) => t(`role_${role}`)).join(", ")}</td>
      <td>{user.team}</td>
      <td class="admin-cut" title={told}>
        {told}
      </td>
      <td class="admin-cut" title={served}>
        {served}
      </td>
      <td class="num tnum">{user.capacity_units}</td>
      <td>
        <State user={user} />
      </td>
      <td class="tnum">{user.seen_at === null ? t("never") : exactTime(user.seen_at)}</td>
      <td class="acts">
        <Acts user={user} name={name} />
      </td>
    </tr>
  );
}

function State({ user }: { user: UserRow }) {
  return (
    <span class="row row-1">
      {!user.enabled && <Badge icon="lock">{t("is_disabled")}</Badge>}
      {user.locked_until !== null && (
        <Badge tone="risk" icon="clock">
          {t("is_locked", { time: exactTime(user.locked_until) })}
        </Badge>
      )}
      {user.must_change_password && <Badge icon="key">{t("is_temporary")}</Badge>}
      {user.has_second_factor && (
        <Badge tone="ok" icon="shield-ok">
          {t("has_factor")}
        </Badge>
      )}
    </span>
  );
}

function Acts({ user, name }: { user: UserRow; name: string }) {
  const items = [
    item("edit", "edit", () => (open.value = { kind: "edit", user })),
    ...(user.locked_until === null ? [] : [item("unlock", "key", () => void unlock(user))]),
    ...(me.value?.user.id === user.id ? [] : forAnother(user)),
  ];
  return (
    <Menu class="ib" label={t("actions_for", { name })} title={t("actions")} items={items}>
      <Icon name="more" />
    </Menu>
  );
}

function forAnother(user: UserRow): MenuItem[] {
  const reason = (of: Reasoned) => () => void (open.value = { kind: "reason", user, act: of });
  const reset = item("reset", "refresh", () => (open.value = { kind: "reset", user }));
  const forget = item("forget", "shield-q", () => (open.value = { kind: "forget", user }));
  if (!user.enabled) return [item("enable", "check", reason("enable"))];
  return [
    reset,
    ...(user.has_second_factor ? [forget] : []),
    item("sign_out_user", "sign-out", reason("sign-out")),
    item("disable", "lock", reason("disable")),
  ];
}

type Word = "edit" | "unlock" | "reset" | "forget" | "sign_out_user" | "disable" | "enable";

function item(word: Word, icon: Parameters<typeof Icon>[0]["name"], onPick: () => void): MenuItem {
  return { id: word, label: t(word), mark: <Icon name={icon} />, onPick };
}

async function unlock(user: UserRow): Promise<void> {
  try {
    await act(user, "unlock");
    toast({ tone: "ok", title: t("unlocked", { name: both(user.name) }) });
  } catch (problem) {
    sayProblem(problem);
  }
}
