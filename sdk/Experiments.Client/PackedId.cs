using System.Text;

namespace Experiments.Client;

/// <summary>
/// Ids as snapshots in memory hold them: in pages of many texts, and read when they are first asked for, because most never are. A string
/// of a UUID takes 96 bytes, its place in a page 16.
/// </summary>
internal static class PackedId
{
    /// <summary>In place of a length: a UUID in its usual form, which takes <see cref="UuidBytes"/>.</summary>
    public const int Uuid = -1;

    /// <summary>In place of a length: there is none here.</summary>
    public const int None = -2;

    public const int UuidBytes = 16;

    /// <summary>In bytes.</summary>
    public static int SizeOf(int length) => length switch
    {
        Uuid => UuidBytes,
        None => 0,
        _ => length,
    };

    /// <param name="page">Holds it as UTF-8.</param>
    /// <param name="start">Of the id.</param>
    /// <param name="length">In bytes, or what is in place of it.</param>
    public static string? Read(byte[] page, int start, int length) => length switch
    {
        Uuid => new Guid(page.AsSpan(start, UuidBytes)).ToString(),
        None => null,
        _ => Encoding.UTF8.GetString(page, start, length),
    };
}
