"""A reader of /api/openapi.json who knows nothing else: was every exchange of a test as the document says? Path, verb, query, status,
media type, and each member of each JSON body, sent and received.
"""
import json
import re
from urllib.parse import parse_qs, urlsplit


class Reader:
    def __init__(self, document):
        self.schemas = document["components"]["schemas"]
        self.operations = []  # (verb, pattern, operation)
        for path, verbs in document["paths"].items():
            pattern = re.compile("".join("[^/:]+" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{[^}]+\})", path)))
            self.operations += [(verb.upper(), pattern, operation) for verb, operation in verbs.items()]
        self.used = set()

    def operation(self, method, path):
        found = [o for verb, pattern, o in self.operations if verb == method and pattern.fullmatch(path)]
        plain = [o for verb, pattern, o in self.operations if verb == method and pattern.pattern == re.escape(path)]  # /api/programmes:import
        return (plain or found or [None])[0]

    def wrong_in(self, value, schema, at):
        """What the schema does not foresee in a value: paths with a word each."""
        if "$ref" in schema:
            schema = self.schemas[schema["$ref"].rsplit("/", 1)[1]]
        if "enum" in schema and value not in schema["enum"]:
            return [f"{at}: {value!r} is none of {schema['enum']}"]
        if isinstance(value, dict):
            if "object" not in schema.get("type", "object"):
                return [f"{at} is an object, and should not be"]
            properties = schema.get("properties", {})
            strangers = [f"{at}.{name} is not in the document" for name in value if name not in properties]
            return strangers + [w for name in value if name in properties for w in self.wrong_in(value[name], properties[name], f"{at}.{name}")]
        if isinstance(value, list):
            if "items" not in schema:
                return [f"{at} is a list, and should not be"]
            return [w for n, item in enumerate(value) for w in self.wrong_in(item, schema["items"], f"{at}[{n}]")]
        kind = {bool: "boolean", int: "integer", str: "string"}.get(type(value))
        kinds = schema.get("type", kind)
        return [] if kind in ([kinds] if isinstance(kinds, str) else kinds) else [f"{at}: {value!r} is no {kinds}"]

    def complaints(self, method, target, sent, status, media, received):
        """What was not as the document says in one exchange."""
        parts = urlsplit(target)
        operation = self.operation(method, parts.path)
        if operation is None:
            return [f"{method} {parts.path} is not in the document"]
        self.used.add(operation["operationId"])
        known = {p["name"] for p in operation["parameters"] if p["in"] == "query"}
        wrong = [f"the query {name} is not in the document" for name in parse_qs(parts.query) if name not in known]
        if status // 100 != 2:
            wrong += [] if media == "application/problem+json" else [f"{status} came as {media}"]
            return [f"{method} {parts.path}: {w}" for w in wrong]
        content = operation["responses"].get(str(status), {}).get("content", {})
        if media not in content:
            wrong.append(f"{status} {media} is none of {list(content)}")
        elif media == "application/json":
            wrong += self.wrong_in(json.loads(received), content[media]["schema"], "answer")
        if sent is not None:
            wrong += self.wrong_in(sent, operation["requestBody"]["content"]["application/json"]["schema"], "request")
        return [f"{method} {parts.path}: {w}" for w in wrong]
