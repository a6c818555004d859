/** The form of an operation, with the call that it is about to make. */
import { type VNode } from "preact";
import { useState } from "preact/hooks";
import { callOf, curlOf, fieldsOf, sdkOf, type Values, valuesOf } from "../call";
import { type Field, kindOf, nameOf, type Operation, type Shown } from "../kinds";
import { send, usePage, useAnswer } from "./data";
import { Code, Dialog, Tabs } from "./parts";

interface OperationProps {
  readonly operation: Operation;
  /** That it is about; for a new one, what is known of it. */
  readonly object: Shown;
  readonly onClose: () => void;
  readonly onDone: (answer: unknown) => void;
}

export function OperationDialog({ operation, object, onClose, onDone }: OperationProps): VNode {
  const page = usePage();
  const [values, setValues] = useState<Values>(valuesOf(operation, object));
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const [made, setMade] = useState<unknown>(undefined);
  const call = callOf(operation, values, object);
  const sdk = sdkOf(operation, call, values, object);
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const sent = await send(page, call);
    setBusy(false);
    if (!sent.ok) return setProblem(sent.problem);
    page.announce(`${operation.label}: done`);
    // A secret is told once, so it stays until somebody has read it.
    if (tellsSecret(sent.body)) return setMade(sent.body);
    return onDone(sent.body);
  };
  if (made !== undefined) {
    return (
      <Dialog title="Keep this now" onClose={() => onDone(made)}>
        <p>It is shown this once.</p>
        <Code text={JSON.stringify(made, undefined, 2)} label="The answer" />
        <footer>
          <button type="button" onClick={() => onDone(made)}>
            I have it
          </button>
        </footer>
      </Dialog>
    );
  }
  return (
    <Dialog title={operation.label} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        {operation.danger === undefined ? null : <p class="warning">{operation.danger}</p>}
        {fieldsOf(operation, object).map((field) => (
          <FieldInput
            key={field.name}
            field={field}
            value={values[field.name] ?? ""}
            onChange={(value) => setValues({ ...values, [field.name]: value })}
          />
        ))}
        {problem === "" ? null : (
          <p role="alert" class="problem">
            {problem}
          </p>
        )}
        <footer>
          <button type="button" class="quiet" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class={operation.danger === undefined ? "main" : "danger"} disabled={busy}>
            {operation.label}
          </button>
        </footer>
      </form>
      <section class="call" aria-label="The call">
        <h3>The call that this makes</h3>
        <Tabs tabs={[["curl", curlOf(call)] as const, ...(sdk === undefined ? [] : [["Node SDK", sdk] as const])]} />
      </section>
    </Dialog>
  );
}

const tellsSecret = (body: unknown) =>
  typeof body === "object" && body !== null && ("value" in body || "secret" in body || "authentication_factor" in body);

interface FieldProps {
  readonly field: Field;
  readonly value: string | boolean;
  readonly onChange: (value: string | boolean) => void;
}

export function FieldInput({ field, value, onChange }: FieldProps): VNode {
  const id = `field-${field.name}`;
  const hint = field.hint === undefined ? undefined : `${id}-hint`;
  const common = { id, name: field.name, required: field.required === true, "aria-describedby": hint };
  const read = (event: { readonly currentTarget: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement }) =>
    onChange(event.currentTarget.value);
  const text = typeof value === "string" ? value : "";
  if (field.type === "yes") {
    return (
      <label class="tick">
        <input
          {...{ id, name: field.name, type: "checkbox", checked: value === true }}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        {field.label}
      </label>
    );
  }
  return (
    <div class="field">
      <label htmlFor={id}>
        {field.label}
        {field.required === true ? null : <small> optional</small>}
      </label>
      {field.type === "lines" || field.type === "map" ? (
        <textarea {...common} rows={3} value={text} onInput={read} />
      ) : field.type === "choice" ? (
        <select {...common} value={text} onChange={read}>
          {field.options?.map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </select>
      ) : field.type === "ref" ? (
        <RefInput field={field} common={common} text={text} onInput={read} />
      ) : (
        <input
          {...common}
          type={field.type === "email" || field.type === "number" || field.type === "password" ? field.type : "text"}
          autoComplete={field.type === "password" ? "new-password" : "off"}
          value={text}
          onInput={read}
        />
      )}
      {hint === undefined ? null : (
        <small id={hint} class="hint">
          {field.hint}
        </small>
      )}
    </div>
  );
}

interface RefProps {
  readonly field: Field;
  readonly common: object;
  readonly text: string;
  readonly onInput: (event: { readonly currentTarget: HTMLInputElement }) => void;
}

/** An id, with those that fit what is typed. */
function RefInput({ field, common, text, onInput }: RefProps): VNode {
  const kind = kindOf(field.of ?? "");
  const query = new URLSearchParams({ limit: "8", search: text });
  const { data } = useAnswer<{ data: Shown[]; labels: Record<string, string> }>(
    `/_emulator/dashboard/list/${field.of ?? ""}?${query.toString()}`,
    ["objects"],
  );
  const list = `list-${field.name}`;
  return (
    <>
      <input
        {...common}
        list={list}
        value={text}
        onInput={onInput}
        autoComplete="off"
        placeholder={`Type a name, choose an id`}
      />
      <datalist id={list}>
        {kind === undefined
          ? null
          : data?.data.map((object) => {
              const name = nameOf(kind, object);
              return (
                <option key={String(object.id)} value={String(object.id)}>
                  {data.labels[name] ?? name}
                </option>
              );
            })}
      </datalist>
    </>
  );
}
