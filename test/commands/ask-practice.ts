/** Sends one call to a practice server without the program, and returns the answer. */
export async function askPractice(
  url: string,
  action: string,
  form: Readonly<Record<string, string>>,
): Promise<Record<string, unknown> | null> {
  const [service, name] = action.split('.');
  const answer = await fetch(`${url}/api_v3/service/${service}/action/${name}`, {
    method: 'POST',
    body: new URLSearchParams({ format: '1', ...form }),
  });
  return (await answer.json()) as Record<string, unknown> | null;
}

/** Returns `valid`, or the server's reason for refusing the key, such as `LOGOUT`. */
export async function stateOf(url: string, ks: string): Promise<string> {
  const answer = await askPractice(url, 'baseEntry.count', { ks });
  const args = typeof answer === 'object' ? (answer?.['args'] as { KSID?: string } | undefined) : undefined;
  return args?.KSID ?? 'valid';
}
