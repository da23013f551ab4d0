// A provider of identities (OpenID Connect) for tests: certified software, with people who sign in without being asked.
//
//   node support/provider.mjs REDIRECT [PORT] [in-token]
//
// Says where it listens. Who is sitting in front of it: POST /person {"sub": …, "email": …, "email_verified": …}; with
// "refuses": true they refuse. With in-token the address stands in the id token; else the provider has to be asked for it.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer } from "node:http";

// It warns of what only a provider for real use needs.
console.info = console.warn = () => undefined;
// Node 22 has it.
URL.parse ??= (text, base) => (URL.canParse(text, base) ? new URL(text, base) : null);
const { Provider } = await import("oidc-provider");

const [redirect, port = "0", where] = process.argv.slice(2);
let person = { sub: "nobody" };
const known = new Map();

const server = createServer();
await new Promise((listens) => server.listen(Number(port), "127.0.0.1", listens));
const issuer = `http://127.0.0.1:${server.address().port}`;

// Keys of its own at each start, as after a rotation.
const key = (kid) => ({ ...generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256" });
const claimsOf = (sub) => ({ sub, email: known.get(sub)?.email, email_verified: known.get(sub)?.email_verified });

const provider = new Provider(issuer, {
  clients: [{ client_id: "lagune", client_secret: "a secret that both know", redirect_uris: [redirect] }],
  jwks: { keys: [key(randomBytes(8).toString("hex"))] },
  cookies: { keys: [randomBytes(16).toString("hex")] },
  claims: { openid: ["sub"], email: ["email", "email_verified"] },
  conformIdTokenClaims: where !== "in-token",
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => claimsOf(sub) }),
  // Whoever comes has agreed.
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
});
provider.on("server_error", (_, error) => console.error(error));
const answer = provider.callback();

async function read(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString());
}

server.on("request", async (request, response) => {
  if (request.method === "POST" && request.url === "/person") {
    person = await read(request);
    known.set(person.sub, person);
    response.end();
  } else if (request.url.startsWith("/interaction/")) {
    const refused = { error: "access_denied", error_description: "the person refuses" };
    await provider.interactionFinished(request, response, person.refuses ? refused : { login: { accountId: person.sub } });
  } else {
    answer(request, response);
  }
});
console.log(`listening on ${issuer}`);
