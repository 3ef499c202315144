import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "./Icon.tsx";

interface Common {
  label: string;
  required?: boolean | undefined;
  hint?: string | undefined;
  /** What is wrong, with an example of what is right. */
  error?: string | null | undefined;
}

interface FieldProps extends Common {
  children: (attributes: {
    id: string;
    "aria-describedby"?: string;
    "aria-invalid"?: "true";
  }) => ComponentChildren;
}

/** Label above, error or hint below. The child puts the attributes on its control. */
export function Field({ label, required, hint, error, children }: FieldProps) {
  const id = useId();
  const below = `${id}-below`;
  return (
    <div class="field">
      <label for={id} class={required ? "req" : ""}>
        {label}
      </label>
      {children({
        id,
        ...(error || hint ? { "aria-describedby": below } : {}),
        ...(error ? { "aria-invalid": "true" as const } : {}),
      })}
      {error ? (
        <span class="err" id={below}>
          <Icon name="alert" size={14} />
          {error}
        </span>
      ) : (
        hint && (
          <span class="hint" id={below}>
            {hint}
          </span>
        )
      )}
    </div>
  );
}

export interface InputProps extends Common {
  type?: "text" | "password" | "search" | "date";
  name?: string;
  value: string;
  onInput: (value: string) => void;
  placeholder?: string;
  autoComplete?: string;
  autoCapitalize?: "none" | "sentences";
  autoFocus?: boolean;
  spellcheck?: boolean;
  large?: boolean;
  /** Of a date: the first and the last that may be chosen, such as 2026-11-24. */
  min?: string | undefined;
  max?: string | undefined;
}

export function Input({
  label,
  required,
  hint,
  error,
  large,
  type = "text",
  onInput,
  ...rest
}: InputProps) {
  return (
    <Field label={label} required={required} hint={hint} error={error}>
      {(attributes) => (
        <input
          {...rest}
          {...attributes}
          type={type as "password"}
          required={required}
          class={`in ${large ? "in-l" : ""}`}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

export interface TextAreaProps extends Common {
  value: string;
  onInput: (value: string) => void;
  rows?: number;
  placeholder?: string;
}

export function TextArea({ label, required, hint, error, onInput, ...rest }: TextAreaProps) {
  return (
    <Field label={label} required={required} hint={hint} error={error}>
      {(attributes) => (
        <textarea
          {...rest}
          {...attributes}
          required={required}
          class="in"
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

interface SelectProps extends Common {
  value: string;
  onChange: (value: string) => void;
  /** Its options. */
  children: ComponentChildren;
}

/** One of few, on the native control. */
export function Select({ label, required, hint, error, onChange, children, value }: SelectProps) {
  return (
    <Field label={label} required={required} hint={hint} error={error}>
      {(attributes) => (
        <select
          {...attributes}
          class="in"
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        >
          {children}
        </select>
      )}
    </Field>
  );
}

interface TickProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** Yes or no, with its words beside it. */
export function Tick({ label, checked, onChange }: TickProps) {
  return (
    <label class="tickbox">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {label}
    </label>
  );
}
