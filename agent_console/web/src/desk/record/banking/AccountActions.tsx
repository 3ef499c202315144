import { useState } from "preact/hooks";
import type { AccountLine, ScreenPop } from "../../../contract.ts";
import { both } from "../../../i18n/index.ts";
import { Icon, Menu } from "../../../ui/index.ts";
import { openAction, runningOrder } from "./actions.ts";
import { LimitDialog } from "./dialogs.tsx";
import { OrderBadge } from "./Orders.tsx";
import { t } from "./texts.ts";

/** The menu of an account, or the order that is under way for it. */
export function AccountActions({ one, record }: { one: AccountLine; record: ScreenPop }) {
  const [asks, setAsks] = useState(false);
  const running = runningOrder(record, one.id);
  const action = openAction(record, "change_limit");
  if (running) return <OrderBadge order={running} />;
  if (!action || one.role !== "holder" || !one.limit.value) return null;
  return (
    <>
      <Menu
        label={t("account_menu", { account: both(one.name) })}
        class="ib"
        items={[
          {
            id: "limit",
            label: t("change_limit"),
            mark: <Icon name="sliders" />,
            onPick: () => setAsks(true),
          },
        ]}
      >
        <Icon name="more" />
      </Menu>
      {asks && (
        <LimitDialog
          account={one}
          action={action}
          contactId={record.contact_id}
          onClose={() => setAsks(false)}
        />
      )}
    </>
  );
}
