"""The JSON-LD of every page, against shapes of schema.org's types."""

import html.parser
import json
import pathlib
import unittest

import pyshacl
import rdflib

import sites

HERE = pathlib.Path(__file__).parent


class Scripts(html.parser.HTMLParser):
    """Collects the texts of scripts by their type."""

    def __init__(self, text):
        super().__init__()
        self.open, self.found = None, []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "script":
            self.open = dict(attributes).get("type", "")
            self.found.append((self.open, ""))

    def handle_data(self, data):
        if self.open is not None:
            self.found[-1] = (self.open, self.found[-1][1] + data)

    def handle_endtag(self, tag):
        if tag == "script":
            self.open = None


def graphs(out):
    for path in sorted(out.glob("**/*.html")):
        for kind, text in Scripts(path.read_text()).found:
            if kind == "application/ld+json":
                yield path.relative_to(out).as_posix(), json.loads(text)


class Linked(unittest.TestCase):
    def test_every_page_of_the_content_says_something(self):
        for name, out in sites.OUTS.items():
            with self.subTest(name):
                told = {path for path, _ in graphs(out)}
                pages = {path.relative_to(out).as_posix() for path in out.glob("timeline/*.html")}
                self.assertLessEqual(pages | {"index.html", "ledger.html"}, told)

    def test_what_is_said_has_the_shapes_of_schema_org(self):
        shapes = rdflib.Graph().parse(HERE / "shapes.ttl")
        for name, out in sites.OUTS.items():
            with self.subTest(name):
                whole = rdflib.Graph()
                for path, graph in graphs(out):
                    self.assertEqual(graph["@context"], "https://schema.org")
                    # The same names without asking the network for them.
                    graph["@context"] = {"@vocab": "https://schema.org/"}
                    whole.parse(data=json.dumps(graph), format="json-ld", publicID=f"https://example.org/{path}")
                classes = set(whole.objects(None, rdflib.RDF.type))
                for wanted in ["Article", "Claim", "Event", "Dataset", "WebSite"]:
                    self.assertIn(rdflib.URIRef(f"https://schema.org/{wanted}"), classes)
                conforms, _, report = pyshacl.validate(whole, shacl_graph=shapes)
                self.assertTrue(conforms, report)

    def test_the_shapes_refuse_a_claim_that_nobody_made(self):
        shapes = rdflib.Graph().parse(HERE / "shapes.ttl")
        claim = {"@context": {"@vocab": "https://schema.org/"}, "@type": "Claim", "text": "$2bn"}
        conforms, _, _ = pyshacl.validate(rdflib.Graph().parse(data=json.dumps(claim), format="json-ld"), shacl_graph=shapes)
        self.assertFalse(conforms)

    def test_only_a_site_with_an_address_names_addresses_of_its_own(self):
        for name, out in sites.OUTS.items():
            with self.subTest(name):
                own = [path for path, graph in graphs(out) if any("url" in node for node in graph["@graph"])]
                self.assertEqual(bool(own), name != "plain")
