/** States to go back to. */
import { type VNode } from "preact";
import { useRef, useState } from "preact/hooks";
import { send, useAnswer, usePage } from "./data";
import { Press } from "./controls";
import { Empty, Time } from "./parts";

interface Saved {
  readonly id: string;
  readonly name: string;
  readonly savedAt: string;
  readonly objects: number;
}

export function Snapshots(): VNode {
  const page = usePage();
  const { data } = useAnswer<{ data: Saved[] }>("/_emulator/snapshots", ["snapshots"]);
  const [name, setName] = useState("");
  const [problem, setProblem] = useState("");
  const file = useRef<HTMLInputElement>(null);
  const save = async (event: Event) => {
    event.preventDefault();
    const sent = await send(page, { method: "POST", path: "/_emulator/snapshots", body: { name } });
    setProblem(sent.problem);
    if (sent.ok) setName("");
  };
  const upload = async () => {
    const chosen = file.current?.files?.[0];
    if (chosen === undefined) return;
    let body: unknown;
    try {
      body = JSON.parse(await chosen.text());
    } catch {
      return setProblem(`${chosen.name} is not JSON.`);
    }
    const sent = await send(page, { method: "PUT", path: "/_emulator/snapshot", body });
    setProblem(sent.problem);
    if (sent.ok) page.announce(`${chosen.name} is the state now`);
    if (file.current !== null) file.current.value = "";
  };
  return (
    <>
      <header class="head">
        <div>
          <h1>Snapshots</h1>
          <p>The whole state, to go back to. They live as long as the server; a download is for later.</p>
        </div>
      </header>
      <section class="card" aria-label="Save">
        <form class="toolbar" onSubmit={(event) => void save(event)}>
          <label htmlFor="name">Name</label>
          <input
            {...{ id: "name", value: name, required: true, maxLength: 200, placeholder: "before the migration" }}
            onInput={(event) => setName(event.currentTarget.value)}
          />
          <button type="submit" class="main">
            Save snapshot
          </button>
          <a class="button" href="/_emulator/snapshot" download="local-authkit.json">
            Download the state
          </a>
          <label class="button upload">
            Upload a state
            <input ref={file} type="file" accept="application/json,.json" onChange={() => void upload()} />
          </label>
        </form>
        {problem === "" ? null : (
          <p role="alert" class="problem">
            {problem}
          </p>
        )}
        <p class="none">
          A state has everything, hashes of passwords and the signing key too: keep the file to yourself.
        </p>
      </section>
      {data === undefined ? null : data.data.length === 0 ? (
        <Empty>No snapshot yet.</Empty>
      ) : (
        <table class="rows">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Objects</th>
              <th scope="col">Saved</th>
              <th scope="col">Actions</th>
            </tr>
          </thead>
          <tbody>
            {data.data.map(({ id, name: called, savedAt, objects }) => (
              <tr key={id}>
                <td data-label="Name">{called}</td>
                <td data-label="Objects">{objects.toLocaleString("en")}</td>
                <td data-label="Saved">
                  <Time at={savedAt} />
                </td>
                <td data-label="Actions" class="clicks">
                  <Press label="Restore" method="POST" path={`/_emulator/snapshots/${id}/restore`} />
                  <a class="button" href={`/_emulator/snapshots/${id}`} download={`${called}.json`}>
                    Download
                  </a>
                  <Press label="Delete" method="DELETE" path={`/_emulator/snapshots/${id}`} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
