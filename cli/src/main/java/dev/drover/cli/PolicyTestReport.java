package dev.drover.cli;

import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The results of tests in the XML that build servers read (JUnit's). */
final class PolicyTestReport {
    private PolicyTestReport() {}

    /** The whole document. */
    static String xml(List<PolicyTestSuite> suites) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            for (PolicyTestSuite suite : suites) {
                suite(xml, suite);
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("text in memory cannot be written", e);
        }
        return text.append('\n').toString();
    }

    private static void suite(XMLStreamWriter xml, PolicyTestSuite suite)
            throws XMLStreamException {
        start(xml, "\n  ", "testsuite", suite.file());
        int tests = suite.results().size() + (suite.problems().isEmpty() ? 0 : 1);
        xml.writeAttribute("tests", Integer.toString(tests));
        xml.writeAttribute("failures", Long.toString(suite.failed()));
        xml.writeAttribute("errors", suite.problems().isEmpty() ? "0" : "1");
        for (PolicyTestResult result : suite.results()) {
            start(xml, "\n    ", "testcase", result.name());
            xml.writeAttribute("classname", legal(suite.file()));
            if (!result.passed()) {
                told(xml, "failure", result.failures());
            }
            xml.writeEndElement();
        }
        if (!suite.problems().isEmpty()) {
            start(xml, "\n    ", "testcase", "the file can be read");
            xml.writeAttribute("classname", legal(suite.file()));
            told(xml, "error", suite.problems().stream().map(PolicyProblem::told).toList());
            xml.writeEndElement();
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private static void start(XMLStreamWriter xml, String indent, String element, String name)
            throws XMLStreamException {
        xml.writeCharacters(indent);
        xml.writeStartElement(element);
        xml.writeAttribute("name", legal(name));
    }

    private static void told(XMLStreamWriter xml, String element, List<String> lines)
            throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeAttribute("message", legal(lines.getFirst()));
        xml.writeCharacters(legal(String.join("\n", lines)));
        xml.writeEndElement();
    }

    /** XML has no way to write some characters, which rules and inputs may have. */
    private static String legal(String text) {
        StringBuilder legal = new StringBuilder();
        text.codePoints()
                .map(point -> isLegal(point) ? point : 0xFFFD)
                .forEach(legal::appendCodePoint);
        return legal.toString();
    }

    private static boolean isLegal(int point) {
        return point == '\t'
                || point == '\n'
                || (point >= 0x20 && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD)
                || point >= 0x10000;
    }
}
