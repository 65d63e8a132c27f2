using System.Globalization;

namespace Experiments.Control.Publishing;

/// <summary>A snapshot as the list of a store names it.</summary>
/// <param name="Version">From its name.</param>
/// <param name="WrittenAt">By the store's clock.</param>
/// <param name="Bytes">Its length.</param>
internal readonly record struct StoredVersion(long Version, DateTimeOffset WrittenAt, long Bytes)
{
    private const string Extension = ".json";

    /// <summary>Null where the name is not that of a version, such as <c>latest.json</c>.</summary>
    public static long? VersionOf(string name) =>
        name.EndsWith(Extension, StringComparison.Ordinal) && name[0] is >= '1' and <= '9'
        && long.TryParse(name.AsSpan(0, name.Length - Extension.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long version)
            ? version
            : null;
}
