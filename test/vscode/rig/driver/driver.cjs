/**
 * An extension beside ours, in the same host: it runs functions that a test sends it (see `Workbench.host`). It says where it
 * listens through a file in GYRUS_DRIVER_FOLDER, one for each window.
 */
const { randomUUID } = require("node:crypto");
const { renameSync, writeFileSync } = require("node:fs");
const { createServer } = require("node:http");
const { join } = require("node:path");
const vscode = require("vscode");

exports.activate = (context) => {
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { source, argument } = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    try {
      const run = new Function(`return (${source});`)();
      response.end(JSON.stringify({ value: await run(vscode, argument) }));
    } catch (error) {
      response.end(JSON.stringify({ error: error instanceof Error ? error.stack : String(error) }));
    }
  });
  server.listen(0, "127.0.0.1", () => {
    const window = {
      port: server.address().port,
      workspace:
        (vscode.workspace.workspaceFile ?? vscode.workspace.workspaceFolders?.[0]?.uri)?.fsPath ?? "",
    };
    const file = join(process.env.GYRUS_DRIVER_FOLDER, `${randomUUID()}.json`);
    writeFileSync(`${file}.new`, JSON.stringify(window));
    renameSync(`${file}.new`, file);
  });
  context.subscriptions.push({ dispose: () => server.close() });
};
