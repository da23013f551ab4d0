/** Invented people, always the same ones. */

const FIRST = ["Katharina", "Tobias", "Aylin", "Henning", "Deniz", "Margarete", "Lukas", "Franziska", "Jörn", "Sabine", "Christian", "Anneliese"];
const LAST = ["Bergmann", "Rosenberger", "Müller", "Krüger", "Öztürk", "Weinberg", "Straßner", "Königsberger", "Lindner", "Hofmann", "Amberg", "Schulze"];
const CITY = [["22767", "Hamburg"], ["6020", "Innsbruck"], ["90402", "Nürnberg"], ["8005", "Zürich"], ["04109", "Leipzig"], ["80331", "München"]] as const;
const FIRM = ["Nordlicht Energie AG", "Alpwerk Anlagenbau GmbH", "", "Bergland Baustoffe KG", "", "Stadtwerke Seeheim"];

export type Person = { name: string; firstName: string; email: string; company: string; zip: string; city: string };

export function person(n: number): Person {
  const firstName = FIRST[n % FIRST.length]!;
  const name = LAST[Math.floor(n / FIRST.length) % LAST.length]!;
  const [zip, city] = CITY[n % CITY.length]!;
  return { name, firstName, email: `person${String(n).padStart(4, "0")}@example.org`, company: FIRM[n % FIRM.length]!, zip, city };
}

export function people(n: number): Person[] {
  return Array.from({ length: n }, (_, i) => person(i));
}

export function csv(list: Person[]): string {
  const lines = list.map((one) => [one.name, one.firstName, one.email, one.company, one.zip, one.city].join(";"));
  return ["Name;Vorname;E-Mail;Firma;PLZ;Ort", ...lines].join("\r\n") + "\r\n";
}
