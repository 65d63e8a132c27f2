using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Experiments.FeatureManagement.Variants;

/// <summary>
/// A JSON payload as configuration, flattened as the JSON configuration provider does: members and indexes become path segments, an
/// empty object is null and an empty array is "". Read-only, because one is shared by all requests. It never fails because of data: of
/// names that differ only in case the last one counts.
/// </summary>
internal sealed class PayloadConfiguration : ConfigurationProvider
{
    /// <summary>Name of the section; Microsoft.FeatureManagement's own is called so in its configuration.</summary>
    public const string SectionName = "configuration_value";

    private PayloadConfiguration(JsonElement payload) => Add(SectionName, payload);

    /// <summary>The section of a payload; one that does not exist where there is no payload.</summary>
    public static IConfigurationSection Read(JsonElement payload) =>
        new ConfigurationRoot([new PayloadConfiguration(payload)]).GetSection(SectionName);

    public override void Set(string key, string? value) =>
        throw new NotSupportedException("The configuration of a variant is read-only: it is shared by everyone in the variant.");

    private void Add(string path, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Undefined:
                break;
            case JsonValueKind.Object:
                AddMembers(path, value);
                break;
            case JsonValueKind.Array:
                AddElements(path, value);
                break;
            case JsonValueKind.Null:
                Data[path] = null;
                break;
            default:
                Data[path] = Text(value);
                break;
        }
    }

    private void AddMembers(string path, JsonElement value)
    {
        bool isEmpty = true;
        foreach (JsonProperty member in value.EnumerateObject())
        {
            isEmpty = false;
            Add(ConfigurationPath.Combine(path, Name(member)), member.Value);
        }

        if (isEmpty)
        {
            Data[path] = null;
        }
    }

    private void AddElements(string path, JsonElement value)
    {
        int index = 0;
        foreach (JsonElement element in value.EnumerateArray())
        {
            Add(ConfigurationPath.Combine(path, index.ToString(CultureInfo.InvariantCulture)), element);
            index++;
        }

        if (index == 0)
        {
            Data[path] = "";
        }
    }

    // JSON may escape half of a surrogate pair, which .NET refuses to read: then the text stays escaped.
    private static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(member));
        }
    }

    private static string Text(JsonElement value)
    {
        try
        {
            return value.ToString();
        }
        catch (InvalidOperationException)
        {
            return value.GetRawText()[1..^1];
        }
    }
}
