import type { ComponentChildren } from "preact";
import { BrandMark, LangButton, ThemeButton } from "../ui/index.ts";
import { Art } from "./Art.tsx";
import { Health } from "./Health.tsx";
import { t } from "./texts.ts";

/** The bank's side on the left, one thing to do on the right. */
export function SignInFrame({ children }: { children: ComponentChildren }) {
  return (
    <div class="lg">
      <aside class="side">
        <Art />
        <div class="row row-3">
          <BrandMark size={36} />
          <b class="t18 fw6">{t("product")}</b>
        </div>
        <p class="headline">{t("headline")}</p>
        <p>{t("headline_more")}</p>
        <Health />
      </aside>
      <div class="main">
        <header class="top">
          <LangButton class="btn btn-g" words />
          <ThemeButton class="ib ib-m" />
        </header>
        <main class="box">{children}</main>
      </div>
    </div>
  );
}
