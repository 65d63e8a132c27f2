using System.Text.Json.Serialization;

namespace Experiments.Client.Tests;

[JsonSerializable(typeof(Picky))]
internal sealed partial class PickyJson : JsonSerializerContext;
