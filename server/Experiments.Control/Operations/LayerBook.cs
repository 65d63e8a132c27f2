using Experiments.Control.Definitions;
using Experiments.Control.Splits;
using Experiments.Control.Storage;

namespace Experiments.Control.Operations;

/// <summary>The layers that one change is about, as they come to be: several rules may hold parts of one.</summary>
internal sealed class LayerBook(IStoreReader reader)
{
    private readonly Dictionary<Guid, (LayerDefinition Before, LayerDefinition Now)> _layers = [];

    public IEnumerable<LayerDefinition> Changed => _layers.Values
        .Where(static layer => !layer.Before.Claims.SequenceEqual(layer.Now.Claims)).Select(static layer => layer.Now);

    public async ValueTask<LayerDefinition?> FindAsync(Guid id)
    {
        if (!_layers.TryGetValue(id, out (LayerDefinition, LayerDefinition Now) found))
        {
            if (await reader.FindAsync<LayerDefinition>(id) is not { } layer)
            {
                return null;
            }

            _layers.Add(id, found = (layer, layer));
        }

        return found.Now;
    }

    public void Put(LayerDefinition layer) => _layers[layer.Id] = (_layers[layer.Id].Before, layer);

    public async ValueTask ReleaseAsync(Guid? id, Guid ownerId)
    {
        if (id is { } layerId && await FindAsync(layerId) is { } layer)
        {
            Put(layer.WithClaim(ownerId, "", BucketSet.Nobody));
        }
    }
}
