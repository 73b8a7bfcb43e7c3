export type SnippetFacts = { key: string; host: string; workspace: string; project: string }

/** A text as a string literal of both languages. */
const quote = (text: string) => JSON.stringify(text)

/** The five lines of a first run. */
export const snippets = {
  python: ({ key, host, workspace, project }: SnippetFacts) =>
    [
      'import trackside',
      `trackside.login(key=${quote(key)}, host=${quote(host)})`,
      `run = trackside.init(project=${quote(project)}, workspace=${quote(workspace)})`,
      'for step in range(1000): run.log({"loss": 1 / (step + 1)})',
      'print(run.finish())',
    ].join('\n'),
  typescript: ({ key, host, workspace, project }: SnippetFacts) =>
    [
      "import * as trackside from 'trackside'",
      `trackside.login(${quote(key)}, ${quote(host)})`,
      `const run = await trackside.init({ project: ${quote(project)}, workspace: ${quote(workspace)} })`,
      'for (let step = 0; step < 1000; step++) run.log({ loss: 1 / (step + 1) })',
      'console.log(await run.finish())',
    ].join('\n'),
}

export type Language = keyof typeof snippets
