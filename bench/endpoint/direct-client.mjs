import { Agent, request } from "node:http";

/** The cheapest client, directly to the server: persistent connections and JSON, nothing else. */
export class DirectClient {
  constructor({ containerUrl }, connections) {
    this.url = `${containerUrl}/invocations`;
    this.connections = connections;
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** [pairs] → [pairs] scores, `pairsPerRequest` in each request. */
  async score(pairs, pairsPerRequest) {
    const scores = new Array(pairs.length);
    let next = 0;
    const work = async () => {
      while (next < pairs.length) {
        const start = next;
        next += pairsPerRequest;
        const answer = await this.#post({ pairs: pairs.slice(start, start + pairsPerRequest) });
        answer.scores.forEach((score, place) => {
          scores[start + place] = score;
        });
      }
    };
    await Promise.all(Array.from({ length: this.connections }, work));
    return scores;
  }

  #post(payload) {
    const body = JSON.stringify(payload);
    return new Promise((resolve, reject) => {
      const sent = request(this.url, {
        agent: this.agent,
        method: "POST",
        headers: { "content-type": "application/json", "content-length": Buffer.byteLength(body) },
      });
      sent.on("error", reject).on("response", (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (piece) => (text += piece));
        answer.on("error", reject).on("end", () => {
          if (answer.statusCode === 200) resolve(JSON.parse(text));
          else reject(new Error(`The server answered ${answer.statusCode}: ${text}`));
        });
      });
      sent.end(body);
    });
  }

  close() {
    this.agent.destroy();
  }
}
