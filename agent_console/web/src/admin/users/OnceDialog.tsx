import { Banner, Button, Dialog, toast } from "../../ui/index.ts";
import { t } from "./texts.ts";

interface Props {
  login: string;
  password: string;
  onClose: () => void;
}

/** A temporary password, shown this once. */
export function OnceDialog({ login, password, onClose }: Props) {
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(password);
    toast({ tone: "ok", title: t("copied") });
  };
  return (
    <Dialog
      title={t("once", { login })}
      size="s"
      role="alertdialog"
      onClose={onClose}
      footer={
        <>
          <Button icon="copy" onClick={() => void copy()}>
            {t("copy")}
          </Button>
          <Button kind="primary" type="submit" autoFocus>
            {t("written_down")}
          </Button>
        </>
      }
      onSubmit={onClose}
    >
      <output class="admin-once">{password}</output>
      <Banner icon="key">{t("once_why")}</Banner>
    </Dialog>
  );
}
