// HTML that is XML too: every element is closed, and no text gets in but through here, cleaned and escaped. Style is the one thing written raw, and it is ours.

using System.Globalization;
using System.Text;
using System.Xml;

namespace Weft.Twin.Proving.Reports;

internal sealed class PageWriter : IDisposable
{
    private readonly StringBuilder text = new();
    private readonly XmlWriter to;

    public PageWriter()
    {
        to = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = false, NewLineHandling = NewLineHandling.None });
        to.WriteDocType("html", null, null, null);
    }

    /// <summary>Opens an element; what is given back closes it.</summary>
    public Closing Open(string name, params (string Name, string Value)[] attributes)
    {
        to.WriteStartElement(name);
        foreach (var (key, value) in attributes)
            to.WriteAttributeString(key, ProofJunit.Safe(value));
        return new(to);
    }

    /// <summary>An element with text alone.</summary>
    public void Say(string name, string words, params (string Name, string Value)[] attributes)
    {
        using (Open(name, attributes))
            Text(words);
    }

    public void Text(string words) => to.WriteString(ProofJunit.Safe(words));

    /// <summary>A line's end between blocks, for those who read the source.</summary>
    public void Break() => to.WriteString("\n");

    public void Style(string sheet)
    {
        using (Open("style"))
            to.WriteRaw(sheet);
    }

    public static string Number(double pixels) => pixels.ToString("0.#", CultureInfo.InvariantCulture);

    public override string ToString()
    {
        to.Flush();
        return text.Append('\n').ToString();
    }

    public void Dispose() => to.Dispose();

    /// <summary>Closes the element that was opened last; an empty one by a tag of its own, since HTML knows no other end.</summary>
    internal readonly struct Closing(XmlWriter to) : IDisposable
    {
        public void Dispose()
        {
            if (to.WriteState == WriteState.Closed)
                return;
            to.WriteFullEndElement();
        }
    }
}
