// Checks Kubernetes manifests against the schemas of the API: node validate.mjs FILE... Prints every document as a line of JSON.
import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";

for (const file of process.argv.slice(2)) {
  for (const parsed of parseAllDocuments(readFileSync(file, "utf8"), { merge: true })) {
    if (parsed.errors.length > 0) {
      throw parsed.errors[0];
    }
    const document = parsed.toJS();
    const module = await import(`kubernetes-models/${document.apiVersion}/${document.kind}`);
    new module[document.kind](document).validate();
    console.log(JSON.stringify(document));
  }
}
