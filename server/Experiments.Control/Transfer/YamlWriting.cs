using System.Globalization;
using System.Text;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Experiments.Control.Transfer;

/// <summary>JSON to YAML that says the same: texts are in quotes wherever a reader could take them for something else.</summary>
internal static class YamlWriting
{
    private const int Indent = 2;

    public static byte[] FromJson(ReadOnlySpan<byte> json)
    {
        JsonElement root = DocumentJson.Parse(json);
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var emitter = new Emitter(text, EmitterSettings.Default.WithBestIndent(Indent).WithBestWidth(int.MaxValue).WithNewLine("\n"));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Emit(emitter, root);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    // By recursion: the depth of JSON that was parsed is limited.
    private static void Emit(Emitter emitter, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, MappingStyle.Block));
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    emitter.Emit(TextOf(member.Name));
                    Emit(emitter, member.Value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonValueKind.Array:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Block));
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Emit(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case JsonValueKind.String:
                emitter.Emit(TextOf(value.GetString()!));
                break;
            default:
                emitter.Emit(ScalarOf(value.GetRawText(), ScalarStyle.Plain));
                break;
        }
    }

    private static Scalar TextOf(string text) => ScalarOf(text, YamlScalars.IsPlainText(text) ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted);

    private static Scalar ScalarOf(string text, ScalarStyle style) =>
        new(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true);
}
