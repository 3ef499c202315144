import { useState } from "preact/hooks";
import { htmlLang } from "../../i18n/index.ts";
import { matterName } from "../../i18n/matter.ts";
import { Button, Empty, Icon, IconButton } from "../../ui/index.ts";
import { sayProblem } from "../frame/problem.ts";
import { dialog, forget, mayWrite, view } from "./model.ts";
import { t } from "./texts.ts";

/** Sentences taught beside the files: of the draft, or of the version in force. */
export function Taught() {
  const [words, setWords] = useState("");
  const all = view.value!.sentences;
  const wanted = words.trim().toLowerCase();
  const shown = all.filter((one) =>
    `${one.text} ${one.intent} ${matterName(one.intent)}`.toLowerCase().includes(wanted),
  );
  return (
    <>
      <div class="admin-bar">
        <div class="inx admin-find">
          <Icon name="search" />
          <input
            type="search"
            aria-label={t("find_sentence")}
            placeholder={t("find_sentence")}
            value={words}
            onInput={(event) => setWords(event.currentTarget.value)}
          />
        </div>
        <div class="push" />
        {mayWrite.value && (
          <Button icon="plus" onClick={() => (dialog.value = "add")}>
            {t("add_sentence")}
          </Button>
        )}
      </div>
      {shown.length === 0 ? (
        <Empty
          icon="book"
          title={t(all.length ? "nothing_found" : "nothing_taught")}
          text={t(all.length ? "nothing_found_why" : "nothing_taught_why")}
        />
      ) : (
        <table class="tbl">
          <thead>
            <tr>
              <th scope="col">{t("sentence")}</th>
              <th scope="col">{t("means")}</th>
              <th scope="col">{t("language")}</th>
              <th scope="col">
                <span class="sr">{t("take_out")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <tr key={`${one.language}/${one.text}`}>
                <td class="teach-text" lang={htmlLang(one.language)}>
                  {one.text}
                </td>
                <td>{matterName(one.intent)}</td>
                <td>{t(`language_${one.language}`)}</td>
                <td class="acts">
                  {mayWrite.value && (
                    <IconButton
                      icon="trash"
                      label={t("take_out_of", { text: one.text })}
                      onClick={() => void forget(one).catch(sayProblem)}
                    />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
