/** The program itself: started on a folder of its own, and called as an operator would. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const BINARY = process.env.LAGUNE_TEST_BIN ?? resolve(import.meta.dirname, "../../target/debug/lagune");

export const ADMIN = { email: "vera.admin@example.com", password: "lagunenblau am Morgen" };
export const MEMBER = { email: "milan.mitglied@example.com", password: "lagunenblau am Abend" };

async function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.on("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}

export class Program {
  private child: ChildProcess | undefined;
  /** Everything the server said, for the report of a failed test. */
  log = "";
  private token: string | undefined;

  private constructor(readonly folder: string, readonly port: number, private readonly extra: Record<string, string>) {}

  /** A server on an empty database; `users: false` leaves it without anybody. */
  static async start(options: { users?: boolean; env?: Record<string, string> } = {}): Promise<Program> {
    const folder = await mkdtemp(join(tmpdir(), "lagune-e2e-"));
    const program = new Program(folder, await freePort(), options.env ?? {});
    await program.call("migrate");
    if (options.users !== false) {
      await program.call("user", "create", "--email", ADMIN.email, "--role", "administrator", "--password-stdin", { stdin: ADMIN.password });
      await program.call("user", "create", "--email", MEMBER.email, "--role", "editor", "--password-stdin", { stdin: MEMBER.password });
    }
    await program.serve();
    return program;
  }

  /** Settings that count from the next start on. */
  set(settings: Record<string, string>): void {
    Object.assign(this.extra, settings);
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  private get environment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env.PATH,
      HOME: this.folder,
      LAGUNE_DATABASE_URL: `sqlite://${join(this.folder, "lagune.db")}`,
      LAGUNE_DATA_DIR: this.folder,
      LAGUNE_LISTEN: `127.0.0.1:${this.port}`,
      ...this.extra,
    };
  }

  /** Start (again), on the same address and data. */
  async serve(): Promise<void> {
    const child = spawn(BINARY, ["serve"], { env: this.environment, cwd: this.folder, stdio: ["ignore", "pipe", "pipe"] });
    this.child = child;
    const note = (text: Buffer) => (this.log = (this.log + text.toString()).slice(-200_000));
    child.stdout.on("data", note);
    child.stderr.on("data", note);
    let gone = false;
    child.once("exit", () => (gone = true));
    for (let patience = 300; patience > 0; patience--) {
      if (gone) throw new Error(`the server did not start:\n${this.log}`);
      try {
        if ((await fetch(`${this.origin}/readyz`)).ok) return;
      } catch {
        // not listening yet
      }
      await new Promise((later) => setTimeout(later, 50));
    }
    throw new Error(`the server is not ready:\n${this.log}`);
  }

  /** Stop serving; the data stays. */
  async pause(): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((done) => child.once("exit", done));
    child.kill("SIGTERM");
    const mercy = setTimeout(() => child.kill("SIGKILL"), 5_000);
    await ended;
    clearTimeout(mercy);
  }

  async end(): Promise<void> {
    await this.pause();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Call the program on the command line; its standard output. */
  async call(...words: (string | { stdin?: string })[]): Promise<string> {
    const last = words.at(-1);
    const options = typeof last === "object" ? last : {};
    const arguments_ = words.filter((word): word is string => typeof word === "string");
    return new Promise((done, failed) => {
      const child = execFile(BINARY, arguments_, { env: this.environment, cwd: this.folder, maxBuffer: 64 << 20 }, (error, out, err) =>
        error ? failed(new Error(`lagune ${arguments_.join(" ")}: ${error.message}\n${err}`)) : done(out.trim()),
      );
      // A command that reads nothing may have ended before.
      child.stdin?.on("error", () => undefined);
      child.stdin?.end(options.stdin ?? "");
    });
  }

  /** The first sign-in link that the server printed at its start. */
  signInLink(): string | undefined {
    return this.log.match(/https?:\/\/\S+\/sign-in\/link\?token=[\w~.-]+/)?.[0];
  }

  async createPool(name: string): Promise<string> {
    return this.call("pool", "create", name);
  }

  /** Load a list from text, as `lagune import` does. */
  async load(pool: string, csv: string, key = "EMAIL"): Promise<void> {
    const file = join(this.folder, `load-${pool}-${Math.random().toString(36).slice(2)}.csv`);
    await writeFile(file, csv);
    await this.call("import", "--pool", pool, file, "--key", key, "--json");
  }

  /** One request to the REST interface. */
  async rest<T>(method: string, path: string, body?: unknown): Promise<T> {
    this.token ??= await this.call("token", "create", "--user", ADMIN.email);
    const answer = await fetch(`${this.origin}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (answer.status === 204 ? undefined : await answer.json()) as T;
  }
}
