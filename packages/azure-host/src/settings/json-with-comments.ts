/**
 * Parses JSON that may hold comments and trailing commas, which Azure's host and Core Tools
 * (Newtonsoft.Json) accept in `host.json` and `local.settings.json`.
 */
export function parseJsonWithComments(text: string): unknown {
  const source = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(source);
  } catch {
    return JSON.parse(withoutComments(source));
  }
}

function withoutComments(text: string): string {
  const tokens = /"(?:[^"\\]|\\.)*"|\/\/[^\n\r]*|\/\*[\s\S]*?\*\//g;
  const bare = text.replaceAll(tokens, (token) => (token.startsWith('"') ? token : ' '));
  return bare.replaceAll(/"(?:[^"\\]|\\.)*"|,(?=\s*[\]}])/g, (token) =>
    token === ',' ? '' : token,
  );
}
