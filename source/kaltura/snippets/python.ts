import { doubleQuote, type SnippetBody, type SnippetTask } from './snippet.js';

/** Writes a snippet that needs only Python 3.6 or newer. A note names the client library (docs/kaltura-facts.md 8). */
export function pythonSnippet({ serviceUrl, call }: SnippetTask): SnippetBody {
  const parameters = call.isList ? '{"pager[pageSize]": 1}' : '{}';
  return {
    fileName: 'kaltura-call.py',
    run: 'python3 kaltura-call.py',
    lines: [
      '#!/usr/bin/env python3',
      `# Asks Kaltura ${call.does}. Changes nothing.`,
      '# The key is taken from the variable KALTURA_KS.',
      'import http.client',
      'import json',
      'import os',
      'import sys',
      'import urllib.parse',
      'import urllib.request',
      '',
      `SERVICE_URL = ${doubleQuote(serviceUrl)}`,
      '',
      '',
      'def call(ks, service, action, parameters):',
      '    address = f"{SERVICE_URL}/api_v3/service/{service}/action/{action}"',
      '    body = urllib.parse.urlencode({"ks": ks, "format": 1, **parameters}).encode()',
      '    try:',
      '        with urllib.request.urlopen(address, body, timeout=30) as response:',
      '            answer = json.loads(response.read())',
      '    except (OSError, http.client.HTTPException) as error:',
      '        sys.exit(f"The server did not answer: {error}")',
      '    except ValueError:',
      '        sys.exit("This is not an answer from Kaltura: check the URL.")',
      '    # Kaltura also sends errors with HTTP status 200, so check the answer.',
      '    if isinstance(answer, dict) and answer.get("objectType") == "KalturaAPIException":',
      '        # Its message may repeat the key.',
      '        message = f"{answer.get(\'code\')}: {answer.get(\'message\')}".replace(ks, "...")',
      '        sys.exit(f"Kaltura refused: {message}")',
      '    return answer',
      '',
      '',
      'ks = os.environ.get("KALTURA_KS", "").strip()',
      'if not ks:',
      '    sys.exit("KALTURA_KS is not set: put the key into it.")',
      '',
      `print(json.dumps(call(ks, "${call.service}", "${call.action}", ${parameters}), indent=2))`,
    ],
    notes: [
      `Kaltura’s own library: pip install KalturaApiClient (from KalturaClient import KalturaClient, KalturaConfiguration). Its serviceUrl is ${serviceUrl} without /api_v3 and without a slash at the end, and client.setKs(ks) takes the key.`,
    ],
  };
}
