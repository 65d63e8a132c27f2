namespace Experiments.Control.Definitions;

/// <summary>The ways to publish by their names on the wire.</summary>
internal static class PublishModes
{
    public const string AllNames = "auto, manual";

    public static string NameOf(PublishMode mode) => mode == PublishMode.Manual ? "manual" : "auto";

    public static bool TryParse(string name, out PublishMode mode)
    {
        mode = name == "manual" ? PublishMode.Manual : PublishMode.Auto;
        return name is "auto" or "manual";
    }
}
