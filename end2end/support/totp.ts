/** What an app on the phone does. */
import { createHmac } from "node:crypto";

/** The code of an app (RFC 6238), of the half minute at hand or of one beside it. */
export function code(secret: string, beside = 0): string {
  const bits = [...secret.replaceAll("-", "")].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + beside));
  const hash = createHmac("sha1", key).update(step).digest();
  const at = hash[19]! & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
