/** The bytes of a file, over HTTP, with a ticket from the socket. */

/** Resolves to the file's id; rejects with an Error whose message is the hub's code. */
export function upload(
  base: string,
  ticket: string,
  file: File,
  progress: (share: number) => void,
): Promise<string> {
  return new Promise((resolve, reject) => {
    // fetch cannot tell how much of a body is on its way.
    const request = new XMLHttpRequest();
    request.open("POST", `${base}/chat/files`);
    request.responseType = "json";
    request.setRequestHeader("X-Chat-Ticket", ticket);
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name.slice(-100)));
    request.upload.onprogress = ({ loaded, total }) => progress(loaded / total);
    request.onloadend = () => {
      const { file_id, code } = (request.response ?? {}) as { file_id?: string; code?: string };
      if (file_id) resolve(file_id);
      else reject(new Error(code ?? "lost"));
    };
    request.send(file);
  });
}
