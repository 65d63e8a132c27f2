using System.Text;
using System.Text.Json;
using Experiments.Client.Decisions;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;

namespace Experiments.Client.Fuzz;

/// <summary>
/// A context is read, or refused by <see cref="JsonException"/> and nothing else and then left empty; with one that was read everything in a
/// snapshot that asks for all kinds of attributes is decided.
/// </summary>
internal static class ContextContract
{
    private static readonly FeatureDecider s_decider = SnapshotContract.DeciderOf(
        SnapshotReader.Read(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "corpus", "attributes.json")), SnapshotContract.Environment, 1)
            .Snapshot!);

    public static bool Check(byte[] input)
    {
        InputBounds bounds = InputBounds.Start(input.Length);
        var context = new DecisionContext().Set("before", "x");
        bool isRead = TryRead(context, input);
        ContractException.Demand(isRead || context.Count == 0, "a context that was refused has attributes");
        ContractException.Demand(isRead == IsObject(input), "what is a context and what is not differs from JsonDocument");
        SnapshotContract.DecideAll(s_decider, "user", context);
        bounds.Check();
        return isRead;
    }

    private static bool TryRead(DecisionContext context, byte[] input)
    {
        try
        {
            context.SetJson(input);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsObject(byte[] input)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(input, new JsonDocumentOptions { MaxDepth = DecisionContextJsonExtensions.MaxDepth });
            return json.RootElement.ValueKind == JsonValueKind.Object && System.Text.Unicode.Utf8.IsValid(input);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
