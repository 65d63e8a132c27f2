namespace Experiments.Control.Definitions;

/// <summary>The types of flags by their names on the wire.</summary>
internal static class FlagTypes
{
    private static readonly string[] Names = ["boolean", "string", "integer", "number", "json"];

    /// <summary>For messages.</summary>
    public static string AllNames => string.Join(", ", Names);

    public static string NameOf(FlagType type) => Names[(int)type];

    public static bool TryParse(string name, out FlagType type)
    {
        int index = Array.IndexOf(Names, name);
        type = (FlagType)Math.Max(index, 0);
        return index >= 0;
    }
}
