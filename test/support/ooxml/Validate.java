import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.poi.schemas.ooxml.system.ooxml.TypeSystemHolder;
import org.apache.xmlbeans.SchemaTypeLoader;
import org.apache.xmlbeans.XmlBeans;
import org.apache.xmlbeans.XmlError;
import org.apache.xmlbeans.XmlObject;
import org.apache.xmlbeans.XmlOptions;
import org.apache.xmlbeans.XmlValidationError;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Checks parts of Office documents against ECMA-376 (transitional): java Validate FOLDER. Each fault is a line, the
 * file's name, a tab, and what is wrong. What a part marks as ignorable is left out first, as its readers do, and so
 * is xml:space, which XML reserves for every element and the schemas name for few: Excel and Word write it themselves.
 */
public class Validate {
  private static final String XML = "http://www.w3.org/XML/1998/namespace";
  private static final String COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006";
  /** Looking for more costs a walk each. */
  private static final int MOST = 10;

  public static void main(String[] args) throws Exception {
    SchemaTypeLoader types =
        XmlBeans.typeLoaderUnion(TypeSystemHolder.typeSystem, XmlBeans.getBuiltinTypeSystem());
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    DocumentBuilder builder = factory.newDocumentBuilder();
    builder.setErrorHandler(null);
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    File[] files = new File(args[0]).listFiles();
    Arrays.sort(files);
    for (File file : files)
      for (String fault : faultsOf(file, builder, types)) out.println(file.getName() + "\t" + fault);
    out.println("checked\t" + files.length);
    out.flush();
  }

  private static List<String> faultsOf(File file, DocumentBuilder builder, SchemaTypeLoader types) {
    List<String> faults = new ArrayList<>();
    try {
      Document document = builder.parse(file);
      Element root = document.getDocumentElement();
      simplify(root, new HashSet<>());
      XmlObject part = types.parse(document, null, new XmlOptions());
      if (part.schemaType().isNoType() || part.schemaType() == XmlObject.type) {
        faults.add("no schema for {" + root.getNamespaceURI() + "}" + root.getLocalName());
        return faults;
      }
      try {
        part.validate(new XmlOptions().setErrorListener(new Few(faults)));
      } catch (Enough enough) {
        faults.add("and more");
      }
    } catch (Exception error) {
      faults.add(String.valueOf(error.getMessage()).replaceAll("\\s+", " "));
    }
    return faults;
  }

  /** Leaves out what is ignorable, and takes the fallback of each choice: no extension is known here. */
  private static void simplify(Element element, Set<String> above) {
    Set<String> ignorable = new HashSet<>(above);
    for (String prefix : element.getAttributeNS(COMPATIBILITY, "Ignorable").trim().split("\\s+")) {
      String namespace = prefix.isEmpty() ? null : element.lookupNamespaceURI(prefix);
      if (namespace != null) ignorable.add(namespace);
    }
    List<Attr> gone = new ArrayList<>();
    for (int index = 0; index < element.getAttributes().getLength(); index++) {
      Attr attribute = (Attr) element.getAttributes().item(index);
      String namespace = attribute.getNamespaceURI();
      boolean isSpace = XML.equals(namespace) && "space".equals(attribute.getLocalName());
      if (isSpace || COMPATIBILITY.equals(namespace) || ignorable.contains(namespace)) gone.add(attribute);
    }
    gone.forEach(element::removeAttributeNode);
    for (Node node = element.getFirstChild(), next; node != null; node = next) {
      next = node.getNextSibling();
      if (!(node instanceof Element child)) continue;
      if (ignorable.contains(child.getNamespaceURI())) element.removeChild(child);
      else if (COMPATIBILITY.equals(child.getNamespaceURI())) unfold(element, child, ignorable);
      else simplify(child, ignorable);
    }
  }

  private static void unfold(Element parent, Element choices, Set<String> ignorable) {
    for (Node node = choices.getFirstChild(); node != null; node = node.getNextSibling())
      if (node instanceof Element branch && "Fallback".equals(branch.getLocalName())) {
        simplify(branch, ignorable);
        while (branch.getFirstChild() != null) parent.insertBefore(branch.getFirstChild(), choices);
      }
    parent.removeChild(choices);
  }

  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Collects the first faults as text. */
  private static final class Few extends AbstractList<XmlError> {
    private final List<String> faults;

    Few(List<String> faults) {
      this.faults = faults;
    }

    @Override
    public boolean add(XmlError error) {
      if (faults.size() >= MOST) throw new Enough();
      String where = "";
      if (error instanceof XmlValidationError known && known.getFieldQName() != null)
        where = known.getFieldQName().getLocalPart() + ": ";
      faults.add(where + error.getMessage().replaceAll("\\s+", " "));
      return true;
    }

    @Override
    public XmlError get(int index) {
      throw new IndexOutOfBoundsException(index);
    }

    @Override
    public int size() {
      return faults.size();
    }
  }
}
