using System.IO.Compression;
using System.Xml.Linq;

namespace Experiments.Packages.Tests.Support;

/// <summary>A .nupkg or .snupkg, opened.</summary>
internal sealed class PackageFile : IDisposable
{
    private readonly ZipArchive _zip;

    public PackageFile(string path)
    {
        _zip = ZipFile.OpenRead(path);
        XElement metadata = XDocument.Load(new MemoryStream(Read(Files.Single(file => file.EndsWith(".nuspec", StringComparison.Ordinal)))))
            .Root!.Elements().Single();
        Metadata = metadata;
    }

    /// <summary>The nuspec's.</summary>
    public XElement Metadata { get; }

    /// <summary>Without what only the container format needs.</summary>
    public IReadOnlyList<string> Files => [.. _zip.Entries.Select(entry => entry.FullName)
        .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal)
            && name != "[Content_Types].xml")
        .Order(StringComparer.Ordinal)];

    /// <summary>Text of a nuspec element; null where there is none.</summary>
    public string? this[string element] => Find(element)?.Value;

    public XElement? Find(string element) => Metadata.Elements().SingleOrDefault(child => child.Name.LocalName == element);

    public byte[] Read(string file)
    {
        using Stream stream = _zip.GetEntry(file)!.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    public void Dispose() => _zip.Dispose();
}
