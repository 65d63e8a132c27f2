using System.Globalization;

namespace Experiments.Control.Versions;

/// <summary>Which content of an environment: a version's, that of the live one, or what would be published now.</summary>
/// <param name="Version">Null for the others.</param>
/// <param name="IsDraft">What would be published now.</param>
internal readonly record struct ContentPlace(long? Version, bool IsDraft)
{
    public const string LiveName = "live";
    public const string DraftName = "draft";

    public static ContentPlace Live => default;

    public static ContentPlace Draft => new(null, IsDraft: true);

    public static bool TryParse(string text, out ContentPlace place)
    {
        bool isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long version);
        place = text == DraftName ? Draft : new ContentPlace(isNumber ? version : null, IsDraft: false);
        return isNumber || text is LiveName or DraftName;
    }

    public override string ToString() => IsDraft ? DraftName : Version?.ToString(CultureInfo.InvariantCulture) ?? LiveName;
}
