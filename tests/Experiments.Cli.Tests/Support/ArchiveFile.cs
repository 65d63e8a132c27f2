using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Experiments.Cli.Tests.Support;

/// <summary>Archives of a store without records, as a server answers them and as it should not.</summary>
internal static class ArchiveFile
{
    private const string Header = "{\"format\":\"experiments-store/1\"}\n";

    public static byte[] Whole { get; } = Pack(Header + EndOf(records: 0));

    public static byte[] WithoutEnd { get; } = Pack(Header);

    /// <summary>A first attempt that broke off, and a second one behind it.</summary>
    public static byte[] StartedTwice { get; } = [.. WithoutEnd, .. Whole];

    public static byte[] Twice { get; } = [.. Whole, .. Whole];

    /// <summary>With an end that does not fit.</summary>
    public static byte[] Changed { get; } = Pack(Header + EndOf(records: 1));

    private static string EndOf(int records)
    {
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Header)));
        return $"{{\"kind\":\"end\",\"records\":{records},\"sha256\":\"{sha256}\"}}\n";
    }

    private static byte[] Pack(string lines)
    {
        using MemoryStream packed = new();
        using (GZipStream stream = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(Encoding.UTF8.GetBytes(lines));
        }

        return packed.ToArray();
    }
}
