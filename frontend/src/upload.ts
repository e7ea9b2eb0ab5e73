// Sends one file to the service, with progress. XMLHttpRequest, because fetch cannot tell how much has left.

export interface StoredMedia {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly facts: string;
}

/** Why the service did not take something, and what to do, in its own words. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly fix = "",
  ) {
    super(message);
  }
}

export interface Upload {
  readonly done: Promise<StoredMedia>;
  readonly abort: () => void;
}

export function upload(file: File, address: string, csrf: string, onProgress: (share: number) => void): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<StoredMedia>((resolve, reject) => {
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    request.addEventListener("load", () => {
      if (request.status === 201) resolve(request.response as StoredMedia);
      else reject(new Refused(reasonIn(request.response, request.status), fixIn(request.response)));
    });
    request.addEventListener("error", () => {
      reject(new Refused("The picture did not reach the service. Check the connection and add it again."));
    });
    request.addEventListener("abort", () => reject(new Refused("The upload was stopped.")));
    request.open("POST", `${address}?name=${encodeURIComponent(file.name)}`);
    request.responseType = "json";
    request.setRequestHeader("X-CSRF-Token", csrf);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.send(file);
  });
  return { done, abort: () => request.abort() };
}

/** The words of a problem answer; the status when there are none. */
export function reasonIn(answer: unknown, status: number): string {
  if (typeof answer === "object" && answer !== null && "detail" in answer && typeof answer.detail === "string") {
    return answer.detail;
  }
  return `The service answered ${status} without saying why. What you wrote is kept in this browser.`;
}

/** What a problem answer advises; nothing when it does not. */
export function fixIn(answer: unknown): string {
  const fix = typeof answer === "object" && answer !== null && "fix" in answer ? answer.fix : "";
  return typeof fix === "string" ? fix : "";
}
